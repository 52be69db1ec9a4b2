import type { Minute } from '@evenkeel/core/quantities';
import { allStrategies, createWorld, holdTournament } from '@evenkeel/core/replay';

/** Prints what a nightly review of one group costs: processor time, memory and size of the profile, and how they grow. */
const LIMITS = { seconds: 1, megabytes: 256, profileBytes: 16_384 };

let state = 1;
const noise = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};
/** A daily curve with quiet weekends, hourly bursts and noise, capacity units. */
const values = Float64Array.from({ length: 28 * 1440 }, (_, m) => {
  const weekend = Math.floor(m / 1440) % 7 > 4 ? 0.6 : 1;
  return weekend * (14 + 8 * Math.sin((m * Math.PI) / 720)) + (m % 60 < 5 ? 4 : 0) + 3 * noise();
});
const inService = values.map((value) => Math.ceil(value / 0.6));

function review(days: number, strategies = allStrategies(0.7)) {
  const history = { start: 0 as Minute, values: values.slice(0, days * 1440), inService };
  const input = { history, world: createWorld(), lossFactor: 30, ownTarget: 0.5, strategies };
  const before = process.cpuUsage();
  const { profile } = holdTournament(input);
  const used = process.cpuUsage(before);
  return {
    seconds: (used.user + used.system) / 1e6,
    profileBytes: Buffer.byteLength(JSON.stringify(profile)),
  };
}

review(7);
console.log('days  strategies  seconds  profile bytes');
const all = allStrategies(0.7);
for (const days of [7, 14, 28]) {
  for (const strategies of [all.slice(0, Math.floor(all.length / 4)), all]) {
    const { seconds, profileBytes } = review(days, strategies);
    const cells = [
      String(days).padStart(4),
      String(strategies.length).padStart(10),
      seconds.toFixed(2).padStart(7),
    ];
    console.log(`${cells.join('  ')}  ${profileBytes}`);
  }
}
const { seconds } = review(28);
/** The rule that needs most numbers: all forecasters, and one again for what is usual. */
const largest = all.filter(({ floors }) => floors !== 'none' && floors.forecaster === 'blend or usual');
const { profileBytes } = review(28, largest);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(
  `one review of 28 days: ${seconds.toFixed(2)} s of one core, ${megabytes.toFixed(0)} MB at most; the largest profile has ${profileBytes} bytes`,
);
if (seconds > LIMITS.seconds || megabytes > LIMITS.megabytes || profileBytes > LIMITS.profileBytes) {
  console.error(
    `beyond the limit of ${LIMITS.seconds} s, ${LIMITS.megabytes} MB or ${LIMITS.profileBytes} bytes`,
  );
  process.exitCode = 1;
}
