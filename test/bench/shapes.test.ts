import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '@evenkeel/catalog';
import { benchEntries } from '@evenkeel/core/shape';
import { describe, expect, it } from 'vitest';
import { readInstanceTraces } from '../../packages/cli/bench-shapes/read-instance-traces.ts';
import { meansOf, measureShapes } from '../../packages/cli/bench-shapes/run-bench-shapes.ts';

const TRACES = fileURLToPath(new URL('../../../shared/traces', import.meta.url));
const hasTraces = existsSync(TRACES);
if (!hasTraces) {
  console.warn(`SKIPPED: shapes agree with the reference figures: there are no traces in ${TRACES}`);
}

describe.skipIf(!hasTraces)('bench shapes on the reference traces', async () => {
  const traces = hasTraces ? await readInstanceTraces(TRACES, '/') : [];
  const results = await measureShapes(traces);
  const means = meansOf(results);
  const meanOf = (policy: string, arch: string): number =>
    means.find((mean) => mean.policy === policy && mean.arch === arch)?.riskAdjustedCost ?? Number.NaN;

  it.each([
    ['keep', 'any', 5.271],
    ['one-for-one', 'any', 2.541],
    ['naive-joint', 'any', 1.067],
    ['naive-joint', 'x86_64', 1.629],
  ])('%s, %s: within 2 %% of %d', (policy, arch, reference) => {
    expect(Math.abs(meanOf(policy, arch) / reference - 1)).toBeLessThan(0.02);
  });

  it('evenkeel: at most 1.10, and 1.45 with x86_64 only', () => {
    expect(meanOf('evenkeel', 'any')).toBeLessThanOrEqual(1.1);
    expect(meanOf('evenkeel', 'x86_64')).toBeLessThanOrEqual(1.45);
  });

  it('measures every trace with CPU, memory and network, with every policy and architecture', () => {
    expect(traces.length).toBe(8);
    expect(results.length).toBe(8 * 4 * 2);
    for (const { riskAdjustedCost, hotPercent } of results) {
      expect(riskAdjustedCost).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(hotPercent).toBeGreaterThanOrEqual(0);
      expect(hotPercent).toBeLessThanOrEqual(100);
    }
  });

  it('x86_64 only: nothing else is chosen', async () => {
    const arm = new Set(
      (await loadCatalog('us-east-1')).entries
        .filter(({ type }) => type.architectures.includes('arm64'))
        .map(({ type }) => type.name),
    );
    const wrong = results.filter(({ arch, shape }) => arch === 'x86_64' && arm.has(shape));
    expect(wrong).toEqual([]);
  });
});

describe('the types of the benchmark', () => {
  it('are c, m and r from the 5th generation on, measured, priced, and nothing special', async () => {
    const entries = benchEntries((await loadCatalog('us-east-1')).entries);
    expect(entries.length).toBeGreaterThan(600);
    for (const { type, price } of entries) {
      expect(type.series, type.name).toMatch(/^[cmr]$/);
      expect(type.generation, type.name).toBeGreaterThanOrEqual(5);
      expect(type.bareMetal || type.flex || type.accelerated || type.burstable, type.name).toBeFalsy();
      expect(type.performance?.basis, type.name).toBe('measured');
      expect(price.trust, type.name).not.toBe('estimated');
    }
  });
});
