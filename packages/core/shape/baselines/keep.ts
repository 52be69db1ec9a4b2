import type { Candidate, PricedEntry } from '../candidate.ts';

/** The machine a load was measured on. */
export interface SourceMachine {
  readonly vcpus: number;
  readonly memoryGiB: number;
}

const FAMILIES: readonly string[] = ['m5', 'c5', 'r5'];

/** What is there already: the cheapest m5, c5 or r5 size with the source machine's vCPUs and memory. Undefined where none is large enough. */
export function keep(
  entries: readonly PricedEntry[],
  source: SourceMachine,
  count: number,
): Candidate | undefined {
  const large = entries.filter(
    ({ type }) =>
      FAMILIES.includes(type.family) && type.vcpus >= source.vcpus && type.memoryGiB >= source.memoryGiB,
  );
  return cheapest(large, count);
}

/** So many of the cheapest of some entries; equals by name. */
export function cheapest(entries: readonly PricedEntry[], count: number): Candidate | undefined {
  const [entry] = entries.toSorted(
    (a, b) => a.price.usdPerHour - b.price.usdPerHour || (a.type.name < b.type.name ? -1 : 1),
  );
  return entry && { entry, count, usdPerInstanceHour: entry.price.usdPerHour };
}
