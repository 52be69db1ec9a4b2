import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../../quantities.ts';
import type { CatalogEntry, InstanceType } from '../instance-type.ts';
import type { ShapeExcuse } from '../shape-excuse.ts';
import { demandsOf, entryOf, historyOf, typeOf } from '../testing.ts';
import { FILTERS, filterEntries, type ShapeDemands } from './index.ts';

fc.configureGlobal({ seed: 20_261_123 });

const estimated = { usdPerHour: 0.1, trust: 'estimated', asOf: '2024-05-14' } as const;
const without = (key: keyof InstanceType): InstanceType => {
  const { [key]: _, ...rest } = typeOf();
  return rest as InstanceType;
};
const failed = (changes: object) => ({
  unavailable: [
    { type: 'm5.large', zone: 'b', purchase: 'on-demand' as const, until: 1001 as Minute, ...changes },
  ],
});
const own = (changes: Partial<InstanceType>): CatalogEntry =>
  entryOf({ name: 'x.y', family: 'x', ...changes });

const REJECTED: readonly [
  string,
  ShapeExcuse['code'],
  ShapeExcuse['bottleneck'],
  CatalogEntry,
  Partial<ShapeDemands>,
][] = [
  ['another architecture', 'architecture', 'architecture', own({ architectures: ['arm64'] }), {}],
  ['a storage family', 'family-not-allowed', 'family', own({ series: 'i' }), {}],
  ['an old generation', 'family-not-allowed', 'family', own({ generation: 4 }), {}],
  ['bare metal', 'family-not-allowed', 'family', own({ bareMetal: true }), {}],
  ['an accelerated type', 'family-not-allowed', 'family', own({ accelerated: true }), {}],
  ['a flex type', 'family-not-allowed', 'family', own({ flex: true }), {}],
  ['a burstable type', 'family-not-allowed', 'family', own({ burstable: { baselineShare: 0.3 } }), {}],
  ['what the tag does not name', 'family-not-allowed', 'family', entryOf(), { types: ['m7g', 'c7g.large'] }],
  ['too little local disk', 'local-disk', 'local-disk', entryOf(), { localDiskGB: 75 }],
  ['a zone without it', 'zone-without-type', 'zone', entryOf(), { zonesOffering: () => ['a', 'b'] }],
  ['a failed launch', 'offering-unavailable', 'capacity', entryOf(), failed({})],
  [
    'a failed Spot launch of a group with Spot',
    'offering-unavailable',
    'capacity',
    entryOf(),
    { ...failed({ purchase: 'spot' }), spotShare: 0.5 },
  ],
  [
    'what was rolled back',
    'rolled-back-before',
    'history',
    entryOf(),
    { rolledBack: [{ type: 'm5.large', notBefore: 1001 as Minute }] },
  ],
  ['no price', 'price-unknown', 'price', { type: typeOf() }, {}],
  ['an estimated price', 'price-estimated', 'price', { type: typeOf(), price: estimated }, {}],
  [
    'no performance',
    'performance-unknown',
    'performance',
    { ...entryOf(), type: without('performance') },
    {},
  ],
  [
    'less memory a vCPU where memory is not measured',
    'memory-unmeasured',
    'memory',
    entryOf({ memoryGiB: 4 }),
    { history: historyOf([1]) },
  ],
  [
    'no EBS figures where EBS is measured',
    'figure-unknown',
    'ebs-iops',
    { ...entryOf(), type: without('ebs') },
    { history: historyOf([1], { memory: Float64Array.of(1), ebsIops: Float64Array.of(5) }) },
  ],
];

const KEPT: readonly [string, CatalogEntry, Partial<ShapeDemands>][] = [
  ['an ordinary type', entryOf(), {}],
  ['the present family, whatever it is', entryOf({ series: 'i' }), { present: typeOf({ series: 'i' }) }],
  ['a type the tag names', own({ series: 'i', burstable: { baselineShare: 0.2 } }), { types: ['x.y'] }],
  ['a family the tag names', own({ series: 'i' }), { types: ['x'] }],
  ['enough local disk', entryOf({ localDiskGB: 75 }), { localDiskGB: 75 }],
  ['offered in more zones than needed', entryOf(), { zonesOffering: () => ['d', 'c', 'b', 'a'] }],
  ['a failed launch that has expired', entryOf(), failed({ until: 1000 as Minute })],
  ['a failed launch in another zone', entryOf(), failed({ zone: 'd' })],
  ['a failed launch of another type', entryOf(), failed({ type: 'm5.xlarge' })],
  ['a failed Spot launch of a group without Spot', entryOf(), failed({ purchase: 'spot' })],
  [
    'a roll back whose time has come',
    entryOf(),
    { rolledBack: [{ type: 'm5.large', notBefore: 1000 as Minute }] },
  ],
  ['the same memory a vCPU, unmeasured', entryOf(), { history: historyOf([1]) }],
  ['no EBS figures where EBS is not measured', { ...entryOf(), type: without('ebs') }, {}],
];

describe('filters', () => {
  it.each(REJECTED)('reject %s: %s', (_name, code, bottleneck, entry, demands) => {
    const { kept, rejected } = filterEntries([entry], demandsOf(demands));
    expect(kept).toEqual([]);
    expect(rejected).toEqual([
      { type: entry.type.name, excuse: expect.objectContaining({ code, bottleneck }) },
    ]);
  });

  it.each(KEPT)('keep %s', (_name, entry, demands) => {
    expect(filterEntries([entry], demandsOf(demands))).toEqual({ kept: [entry], rejected: [] });
  });

  it('every filter is shown rejecting something', () => {
    const demands = (changes: Partial<ShapeDemands>): ShapeDemands => demandsOf(changes);
    const idle = FILTERS.filter(
      (filter) =>
        !REJECTED.some(([, , , entry, changes]) => filter.reject(entry, demands(changes)) !== undefined),
    );
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('every entry comes back once: kept, or with an excuse', () => {
    const entries = fc.array(fc.constantFrom(...REJECTED.map(([, , , entry]) => entry), entryOf()), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        entries,
        fc.constantFrom(...REJECTED.map(([, , , , changes]) => changes)),
        (mix, changes) => {
          const { kept, rejected } = filterEntries(mix, demandsOf(changes));
          expect(kept.length + rejected.length).toBe(mix.length);
          for (const { excuse } of rejected) expect(excuse.code).toBeTruthy();
        },
      ),
    );
  });
});
