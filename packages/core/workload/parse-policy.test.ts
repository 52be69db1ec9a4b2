import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy, seriesKey } from './parse-policy.ts';
import { TAGS } from './tags.ts';

const parse = (tags: Record<string, string>) =>
  parsePolicy({
    'evenkeel:workload': 'shop',
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`evenkeel:${key}`, value])),
  });
const policyOf = (tags: Record<string, string>) => {
  const parsed = parse(tags);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.excuses));
  return parsed.policy;
};

describe('tags to policy', () => {
  it('one tag is enough: the rest are the defaults', () => {
    expect(policyOf({})).toEqual({
      workload: 'shop',
      tier: 1,
      mode: 'observe',
      sloUtilisation: 0.7,
      metric: { kind: 'cpu' },
    });
  });

  it.each([
    ['component', 'web', { component: 'web' }],
    ['tier', '0', { tier: 0 }],
    ['mode', 'auto', { mode: 'auto' }],
    ['slo', '0.6', { sloUtilisation: 0.6 }],
    ['bounds', '0-12', { bounds: { min: 0, max: 12 } }],
    ['metric', 'requests', { metric: { kind: 'requests' } }],
    ['metric', 'custom:AWS/SQS/Depth', { metric: { kind: 'custom', namespace: 'AWS/SQS', name: 'Depth' } }],
    ['types', 'm7g.large c7g', { types: ['m7g.large', 'c7g'] }],
    ['types', 'u-6tb1.112xlarge', { types: ['u-6tb1.112xlarge'] }],
    [
      'arm64-launch-template',
      'lt-0a1b2c3d4e5f67890:7',
      { arm64Template: { template: 'lt-0a1b2c3d4e5f67890', version: 7 } },
    ],
    ['purchase', 'on-demand', { spotShare: 0 }],
    ['purchase', 'spot:50', { spotShare: 0.5 }],
    ['notify', 'C024BE91LX', { notify: 'C024BE91LX' }],
    ['boost-alarm', 'queue is long', { boostAlarm: 'queue is long' }],
  ] as const)('%s=%s is read', (key, value, part) => {
    expect(policyOf({ [key]: value })).toMatchObject(part);
  });

  it.each([
    ['workload', ''],
    ['workload', '*'],
    ['workload', ' shop'],
    ['component', 'a b'],
    ['tier', '4'],
    ['tier', '1.0'],
    ['tier', 'gold'],
    ['mode', 'Auto'],
    ['slo', '70'],
    ['slo', '0.99'],
    ['slo', '0.1'],
    ['bounds', '20-2'],
    ['bounds', '0-0'],
    ['bounds', '2..20'],
    ['metric', 'memory'],
    ['metric', 'custom:NoName'],
    ['types', 'm7g.large,c7g'],
    ['types', 'm7g m7g'],
    ['types', ''],
    ['arm64-launch-template', 'shop-arm64'],
    ['arm64-launch-template', 'shop-arm64:$Latest'],
    ['purchase', 'spot'],
    ['purchase', 'spot:101'],
    ['window', 'mon-fri 9-17'],
    ['window', '09:00-17:00 Mars/Olympus'],
    ['freeze-until', 'tomorrow'],
    ['freeze-until', '2026-02-30'],
    ['notify', '#team-shop'],
    ['boost-alarm', 'TargetTracking-web-AlarmHigh-1'],
    ['tier', '1'.repeat(300)],
    ['workload', 'shop\u0000'],
  ])('%s=%j is wrong, and the excuse names key, value and what to write', (key, value) => {
    const parsed = parse({ [key]: value });
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.excuses).toHaveLength(1);
    const { code, bottleneck, facts } = parsed.excuses[0]!;
    expect({ code, bottleneck }).toEqual({ code: 'wrong-tag', bottleneck: `evenkeel:${key}` });
    expect(facts).toEqual({
      key: `evenkeel:${key}`,
      value,
      write: TAGS.find((tag) => tag.key === key)?.write,
    });
  });

  it.each([
    ['evenkeel:teir', 'the key evenkeel:tier'],
    ['Evenkeel:Tier', 'the key evenkeel:tier'],
    ['evenkeel:windows', 'the key evenkeel:window'],
    ['evenkeel:criticality', `one of the keys ${TAGS.map((tag) => `evenkeel:${tag.key}`).join(', ')}`],
  ])('a key nobody knows is wrong too: %s → %s', (key, write) => {
    const parsed = parsePolicy({ 'evenkeel:workload': 'shop', [key]: '1' });
    expect(parsed.ok ? [] : parsed.excuses.map((excuse) => excuse.facts.write)).toEqual([write]);
  });

  it('names every wrong tag at once, and leaves tags of others alone', () => {
    const parsed = parsePolicy({
      'evenkeel:workload': 'shop',
      'evenkeel:tier': 'x',
      'evenkeel:slo': 'y',
      tier: '9',
    });
    expect(parsed.ok ? [] : parsed.excuses.map((excuse) => excuse.bottleneck)).toEqual([
      'evenkeel:slo',
      'evenkeel:tier',
    ]);
  });

  it('a tag beats a button, a button beats the default', () => {
    const tags = { 'evenkeel:workload': 'shop' };
    expect(parsePolicy(tags, 'auto')).toMatchObject({ policy: { mode: 'auto' } });
    expect(parsePolicy({ ...tags, 'evenkeel:mode': 'recommend' }, 'auto')).toMatchObject({
      policy: { mode: 'recommend' },
    });
  });

  it('S17: the series is workload and component', () => {
    expect(seriesKey(policyOf({}))).toBe('shop');
    expect(seriesKey(policyOf({ component: 'web' }))).toBe('shop:web');
  });

  it('never throws, whatever stands in a tag', () => {
    const key = fc.oneof(fc.constantFrom(...TAGS.map((tag) => `evenkeel:${tag.key}`)), fc.string());
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ unit: 'binary' })), (tags) => {
        const parsed = parsePolicy(tags);
        expect(parsed.ok || parsed.excuses.length > 0).toBe(true);
      }),
    );
  });
});
