import { REFERENCE_REGION } from '../format.ts';
import { priceOf } from './price-of.ts';
import type { RawData, RawPerformance, RawType } from './raw-data.ts';

/** Families in order of name with their types, smallest first: the order that every region's lines refer to by index. */
export function familiesOf(raw: RawData): ReadonlyMap<string, readonly RawType[]> {
  const families = new Map<string, RawType[]>();
  for (const type of raw.types.toSorted(byFamilyAndSize)) {
    const known = families.get(type.family);
    if (known) known.push(type);
    else families.set(type.family, [type]);
  }
  return families;
}

/** The facts of every family in the compact format. */
export function factsText(raw: RawData): string {
  return [...familiesOf(raw)].map(([family, types]) => familyLine(family, types, raw)).join('\n');
}

function byFamilyAndSize(a: RawType, b: RawType): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  return a.vcpu - b.vcpu || a.memoryMiB - b.memoryMiB || (a.name < b.name ? -1 : 1);
}

function familyLine(family: string, types: readonly RawType[], raw: RawData): string {
  const first = types[0]!;
  const flags = `${first.flex ? 'f' : ''}${types.every((type) => type.accelerators) ? 'g' : ''}`;
  const fields = [
    family,
    first.series,
    first.generation,
    architectureLetters(first),
    flags,
    performanceText(raw.performance[family], raw),
    types.map((type) => sizeText(type, raw)).join(';'),
  ];
  return fields.join('|');
}

function architectureLetters(type: RawType): string {
  const letters = type.architectures.flatMap((name) =>
    name === 'x86_64' ? ['x'] : name === 'arm64' ? ['a'] : [],
  );
  return letters.join('');
}

function performanceText(own: RawPerformance | undefined, raw: RawData): string {
  if (own?.factor != null) return String(own.factor);
  const proxy = own?.proxyFamily === undefined ? undefined : raw.performance[own.proxyFamily]?.factor;
  return proxy == null ? '' : `~${proxy}`;
}

function sizeText(type: RawType, raw: RawData): string {
  const reference = raw.regions[REFERENCE_REGION];
  const figures = [
    `${type.bareMetal ? '!' : ''}${type.size}`,
    type.vcpu,
    type.memoryMiB,
    type.network.baselineGbps ?? '',
    type.network.burstGbps ?? '',
    type.ebs?.baselineMbps ?? '',
    type.ebs?.baselineIops ?? '',
    type.localStorage?.totalGB ?? '',
    type.burstable?.baselinePercentPerVcpu ?? '',
    (reference && priceOf(type.name, reference)?.usdPerHour) ?? '',
  ];
  return figures.join(',').replace(/,+$/, '');
}
