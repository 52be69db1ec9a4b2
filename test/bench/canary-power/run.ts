/**
 * How often a canary is judged rightly and wrongly, by seeded simulation of what it measures:
 *   node test/bench/canary-power/run.ts [--runs 400]
 * Each run is a rollout's worth of looks, evenly spread over two and a half hours, and ends with the first that decides.
 */
import { parseArgs } from 'node:util';
import { DEFAULT_CANARY_TEST, judgeCanary } from '@evenkeel/core/rollout';
import { earlier, type SimulatedCanary, simulateCanary } from '@evenkeel/core/rollout/testing';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '400' } } });
const RUNS = Number(options.runs);
const MINUTES = 150;
const PROMISED = 1.2;
const LIMIT = PROMISED * (1 - DEFAULT_CANARY_TEST.margin);

type Group = Required<Pick<SimulatedCanary, 'old' | 'fresh'>> & { readonly looks: number };
const GROUPS: readonly Group[] = [
  { old: 3, fresh: 1, looks: 1 },
  { old: 7, fresh: 1, looks: 2 },
  { old: 18, fresh: 2, looks: 4 },
  { old: 45, fresh: 5, looks: 4 },
];

type Case = Pick<SimulatedCanary, 'factor' | 'flaw' | 'cpuOnly' | 'between'>;
const CASES: readonly (readonly [string, Case])[] = [
  ['as good as promised', { factor: PROMISED }],
  ['as good, only CPU measured', { factor: PROMISED, cpuOnly: true }],
  ['as good, instances twice as unequal', { factor: PROMISED, between: 0.03 }],
  ['work exactly at the limit', { factor: LIMIT }],
  ['work 20 % under the promise', { factor: 0.8 * PROMISED }],
  [
    'latency exactly at the limit',
    { factor: PROMISED, flaw: { latency: 1 + DEFAULT_CANARY_TEST.latencyMargin } },
  ],
  ['latency 60 % more', { factor: PROMISED, flaw: { latency: 1.6 } }],
  ['errors exactly at the limit', { factor: PROMISED, flaw: { errors: DEFAULT_CANARY_TEST.errorMargin } }],
  ['3 % more of the requests fail', { factor: PROMISED, flaw: { errors: 0.03 } }],
  ['leaks 10 % of memory an hour', { factor: PROMISED, flaw: { leakPerHour: 0.1 } }],
  ['fails 30 % of its checks', { factor: PROMISED, flaw: { failedChecks: 0.3 } }],
];

/** The verdict of one rollout: the first look that decides, else none. */
function verdictOf(given: SimulatedCanary, looks: number): 'passed' | 'worse' | 'none' {
  const all = simulateCanary(given);
  for (let look = 1; look <= looks; look++) {
    const seen = earlier(all, Math.round((look / looks) * MINUTES));
    const { verdict } = judgeCanary(seen, { ...DEFAULT_CANARY_TEST, looks });
    if (verdict === 'worse') return 'worse';
    if (verdict !== 'undecided') return 'passed';
  }
  return 'none';
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
console.log(`${RUNS} runs each: passed / worse / no verdict\n`);
console.log(
  `| | ${GROUPS.map(({ old, fresh, looks }) => `${old} + ${fresh}, looks ${looks}`).join(' | ')} |`,
);
console.log(`| --- |${' --- |'.repeat(GROUPS.length)}`);
for (const [name, given] of CASES) {
  const cells = GROUPS.map(({ looks, ...sizes }) => {
    const tally = { passed: 0, worse: 0, none: 0 };
    for (let seed = 1; seed <= RUNS; seed++) {
      tally[verdictOf({ seed, intervals: MINUTES, promised: PROMISED, ...sizes, ...given }, looks)] += 1;
    }
    return [tally.passed, tally.worse, tally.none].map((count) => percent(count / RUNS)).join(' / ');
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
