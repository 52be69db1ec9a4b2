import { BASELINES, createWorld, oracleBill, replay, score, tally } from '@evenkeel/core/replay';
import { describe, expect, test } from 'vitest';
import { hasReferenceFigures, hasTraces, readReferenceFigures, readTrace } from './reference-traces.ts';

/** Few and different: one with bursts, one short, one batch; the whole set takes half a minute. */
const TRACES = ['asg-cpu-misconfigured', 'elb-event-api', 'ipsc860-batch'];
const ready = hasTraces && hasReferenceFigures;
if (!ready) console.warn('SKIPPED: the reference traces and figures are not beside this repository');

describe.skipIf(!ready)('baselines agree with the second implementation', () => {
  for (const startup of [3, 10]) {
    test.each(TRACES)(`%s at startup ${startup}: every baseline within 0.1 % of the reference`, (name) => {
      const world = createWorld({ startup });
      const trace = readTrace(name);
      const figures = readReferenceFigures(startup, name);
      const { demand } = trace;
      const from = trace.historyDays * 1440;
      const oracle = oracleBill(world, demand, from, demand.length);
      for (const baseline of BASELINES) {
        const run = replay({ demand, world, policy: baseline.create(world, trace) });
        const sums = tally(run, demand, from, demand.length);
        for (const lossFactor of [10, 30, 100]) {
          const expected = figures[baseline.name]![lossFactor]!;
          const ratio = score(sums, oracle, lossFactor).riskAdjustedCost / expected;
          expect(Math.abs(ratio - 1), `${baseline.name}, l = ${lossFactor}`).toBeLessThan(0.001);
        }
      }
    });
  }
});
