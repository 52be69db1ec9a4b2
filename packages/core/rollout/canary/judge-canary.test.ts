import { describe, expect, it } from 'vitest';
import { type CanaryMeasurement, DEFAULT_CANARY_TEST } from './canary-measurement.ts';
import { judgeCanary } from './judge-canary.ts';
import { earlier, type SimulatedCanary, type SimulatedFlaw, simulateCanary } from './testing.ts';

const RUNS = 150;
const P = 1.2;
const ALLOWED = P * (1 - DEFAULT_CANARY_TEST.margin);

const judged = (options: Omit<SimulatedCanary, 'seed'>, runs = RUNS) =>
  Array.from({ length: runs }, (_, i) => judgeCanary(simulateCanary({ ...options, seed: i + 1 })));
const shareOf = (verdicts: readonly string[], options: Omit<SimulatedCanary, 'seed'>) =>
  judged(options).filter((each) => verdicts.includes(each.verdict)).length / RUNS;

describe('a canary of which only CPU is measured', () => {
  const cpuOnly = true;

  it('that keeps its promise is the same, one 20 % under it is worse, one 20 % over it better', () => {
    expect(shareOf(['same'], { factor: P, cpuOnly })).toBeGreaterThan(0.9);
    expect(shareOf(['worse'], { factor: 0.8 * P, cpuOnly })).toBeGreaterThan(0.95);
    expect(shareOf(['better'], { factor: 1.2 * P, cpuOnly })).toBeGreaterThan(0.95);
  });

  it('that does exactly as little as is still allowed is let through, and condemned, at most as often as the stated error says', () => {
    const through = shareOf(['same', 'better'], { factor: ALLOWED, cpuOnly });
    expect(through).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error / 2);
    expect(shareOf(['worse'], { factor: ALLOWED, cpuOnly })).toBeLessThanOrEqual(
      DEFAULT_CANARY_TEST.error / 2,
    );
  });

  it('looked at four times is let through wrongly no more often than once looked at is allowed', () => {
    let wrong = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const all = simulateCanary({ seed, factor: ALLOWED * 0.999, cpuOnly });
      const verdicts = [30, 60, 90, 120].map((length) => judgeCanary(earlier(all, length)).verdict);
      if (verdicts.some((verdict) => verdict === 'same' || verdict === 'better')) wrong += 1;
    }
    expect(wrong / RUNS).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error);
  });

  const plain = simulateCanary({ seed: 1, factor: P, cpuOnly });
  const withFresh = (cpu: Float64Array): CanaryMeasurement => ({ ...plain, fresh: [{ healthy: true, cpu }] });
  it.each([
    ['too few intervals', earlier(plain, 6)],
    ['no old instance left', { ...plain, old: [] }],
    ['no new instance yet', { ...plain, fresh: [] }],
    [
      'instances too unequal',
      simulateCanary({ seed: 1, factor: P, old: 3, fresh: 1, between: 0.1, cpuOnly }),
    ],
    ['gaps everywhere', withFresh(new Float64Array(120).fill(Number.NaN))],
    ['nothing to do', withFresh(new Float64Array(120).fill(0.01))],
    ['full instances', withFresh(new Float64Array(120).fill(1))],
    ['unequal shares (S21)', { ...plain, equalShares: false }],
  ])('is undecided with %s, and the work is why', (_, given) => {
    expect(judgeCanary(given)).toMatchObject({ verdict: 'undecided', decidedBy: 'work' });
  });

  it('does not depend on the load: the same at any level of it', () => {
    const louder = (side: CanaryMeasurement['old']) =>
      side.map(({ cpu, ...rest }) => ({ ...rest, cpu: Float64Array.from(cpu, (value) => value * 1.3) }));
    const scaled = judgeCanary({ ...plain, old: louder(plain.old), fresh: louder(plain.fresh) }).factor!;
    expect(scaled.estimate).toBeCloseTo(judgeCanary(plain).factor!.estimate, 9);
  });

  it('counts in vCPUs: a type with twice as many that is as busy does half the work per vCPU', () => {
    const larger = judgeCanary({ ...plain, vcpus: { old: 2, fresh: 4 } }).factor!;
    expect(larger.estimate).toBeCloseTo(judgeCanary(plain).factor!.estimate / 2, 9);
  });

  it('of a large group is judged although datapoints are missing all over it', () => {
    const full = simulateCanary({ seed: 3, factor: P, old: 45, fresh: 5, cpuOnly });
    const holes = (side: CanaryMeasurement['old'], first: number) =>
      side.map(({ cpu, ...rest }, i) => ({
        ...rest,
        cpu: Float64Array.from(cpu, (value, t) => ((t + 7 * (i + first)) % 10 === 0 ? Number.NaN : value)),
      }));
    const judgement = judgeCanary({ ...full, old: holes(full.old, 0), fresh: holes(full.fresh, 45) });
    expect(judgement.verdict).toBe('same');
    expect(judgement.factor!.estimate).toBeCloseTo(judgeCanary(full).factor!.estimate, 2);
  });
});

describe('a canary of which everything is measured', () => {
  it.each([
    ['latency', { latency: 1.6 }, 1.6],
    ['errors', { errors: 0.03 }, 0.03],
    ['memory', { leakPerHour: 0.1 }, 1.45],
    ['health', { failedChecks: 0.3 }, 1],
  ] as const)('is condemned by its %s alone, with the figure', (dimension, flaw, measured) => {
    const judgements = judged({ factor: P, flaw });
    const worse = judgements.filter(
      ({ verdict, decidedBy }) => verdict === 'worse' && decidedBy === dimension,
    );
    expect(worse.length / RUNS).toBeGreaterThan(0.9);
    const found = worse.map(({ findings }) => findings.find((each) => each.dimension === dimension)!);
    const mean = found.reduce((sum, each) => sum + each.measured!, 0) / found.length;
    expect(mean).toBeGreaterThan(0.85 * measured);
    expect(mean).toBeLessThan(1.15 * measured);
    expect(found[0]!.limit).toBeLessThan(found[0]!.measured!);
  });

  it.each([
    ['latency', { latency: 1.25 }],
    ['errors', { errors: 0.01 }],
  ] as const)(
    'that is exactly at the limit of its %s passes no more often than the stated error',
    (_, flaw) => {
      const through = shareOf(['same', 'better'], { factor: P, flaw });
      expect(through).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error / 2);
    },
  );

  it('that is as good as the old ones passes, and is condemned over four looks no more often than the stated error', () => {
    let condemned = 0;
    let passed = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const all = simulateCanary({ seed, factor: P });
      for (const length of [30, 60, 90, 120]) {
        const { verdict } = judgeCanary(earlier(all, length));
        if (verdict === 'undecided') continue;
        if (verdict === 'worse') condemned += 1;
        else passed += 1;
        break;
      }
    }
    expect(condemned / RUNS).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error / 2);
    expect(passed / RUNS).toBeGreaterThan(0.9);
  });

  const flawed = (flaw: SimulatedFlaw) => simulateCanary({ seed: 2, factor: P, flaw });

  it('fills its caches without being taken for one that leaks, and memory that all of them use is no fault of its', () => {
    const memory = (given: CanaryMeasurement) =>
      judgeCanary(given).findings.find(({ dimension }) => dimension === 'memory')!;
    expect(memory(flawed({}))).toMatchObject({ outcome: 'fine', limit: 0.9 });
    const all = flawed({});
    const full = (side: CanaryMeasurement['old']) =>
      side.map(({ memory: own, ...rest }) => ({
        ...rest,
        memory: Float64Array.from(own!, (share) => share + 0.5),
      }));
    const found = memory({ ...all, old: full(all.old), fresh: full(all.fresh) });
    expect(found.outcome).not.toBe('worse');
    expect(found.limit).toBeGreaterThan(0.95);
  });

  it('with half the memory per instance uses twice the share of it, and that alone is no leak', () => {
    const all = flawed({});
    const half = all.fresh.map(({ memory: own, ...rest }) => ({
      ...rest,
      memory: Float64Array.from(own!, (share) => 1.6 * share),
    }));
    const found = judgeCanary({ ...all, fresh: half }).findings.find(
      ({ dimension }) => dimension === 'memory',
    )!;
    expect(found.measured).toBeCloseTo(0.72, 1);
    expect(found.outcome).toBe('fine');
  });

  it('names what nobody measures as not measured, and passes without it', () => {
    const judgement = judgeCanary(simulateCanary({ seed: 4, factor: P, cpuOnly: true }));
    const notMeasured = judgement.findings.filter(({ outcome }) => outcome === 'not-measured');
    expect(notMeasured.map(({ dimension }) => dimension)).toEqual(['errors', 'latency', 'memory']);
    expect(judgement.verdict).toBe('same');
  });

  it('of one instance that is sick is condemned; of five with one sick it is not clear, and does not pass', () => {
    const sick = (fresh: number) => {
      const given = simulateCanary({ seed: 5, factor: P, old: 9 * fresh, fresh, cpuOnly: true });
      return judgeCanary({ ...given, fresh: given.fresh.map((each, i) => ({ ...each, healthy: i > 0 })) });
    };
    expect(sick(1)).toMatchObject({ verdict: 'worse', decidedBy: 'health' });
    expect(sick(5)).toMatchObject({ verdict: 'undecided', decidedBy: 'health' });
  });

  it('is not condemned for being as sick as the old ones are', () => {
    const given = simulateCanary({ seed: 6, factor: P, cpuOnly: true });
    const ill = (side: CanaryMeasurement['old']) => side.map((each) => ({ ...each, healthy: false }));
    expect(judgeCanary({ ...given, old: ill(given.old), fresh: ill(given.fresh) }).verdict).toBe('undecided');
  });
});
