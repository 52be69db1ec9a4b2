import { advance, createRun, createWorld, initialSize, type Run, track } from '@evenkeel/core/replay';

/** Prints how many minutes of target tracking one core replays in a second, over 28 days of a daily curve with noise. */
const MINUTES = 28 * 1440;
const ROUNDS = 400;

let state = 1;
const noise = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};
const demand = Float64Array.from(
  { length: MINUTES },
  (_, m) => 14 + 8 * Math.sin((m * Math.PI) / 720) + 3 * noise(),
);
const world = createWorld();

let run: Run | undefined;
const play = () => {
  const initial = initialSize(world, demand[0]!);
  run = createRun({ world, policy: track(0.6), minutes: MINUTES, initial, ...(run && { recycle: run }) });
  advance(run, demand, MINUTES);
};
for (let round = 0; round < 50; round++) play();
const from = process.cpuUsage();
for (let round = 0; round < ROUNDS; round++) play();
const used = process.cpuUsage(from);
const millions = (ROUNDS * MINUTES) / (used.user + used.system);
console.log(
  `target tracking over 28 days: ${millions.toFixed(1)} million policy-minutes a second on one core`,
);
if (millions < 20) {
  console.error('below the 20 million this kernel is meant to reach');
  process.exitCode = 1;
}
