import type { Documents, SeriesKey } from '../ports/index.ts';

/** What an instance of a type carries for the workloads of a series, in instances of another: measured by a rollout. */
export interface TypeRatio {
  readonly type: string;
  readonly against: string;
  readonly ratio: number;
}

export type TypeRatios = readonly TypeRatio[];

const COLLECTION = 'type-ratios';
const ATTEMPTS = 5;
const MOST_RATIOS = 50;

/** S17: what was measured belongs to the series, so that its next group finds it. */
export async function readTypeRatios(documents: Documents, series: SeriesKey): Promise<TypeRatios> {
  return (await documents.read<TypeRatios>(COLLECTION, series))?.value ?? [];
}

/** Keeps a measured ratio; a newer one of the same two types takes its place. */
export async function learnTypeRatio(
  documents: Documents,
  series: SeriesKey,
  measured: TypeRatio,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await documents.read<TypeRatios>(COLLECTION, series);
    const others = (before?.value ?? []).filter((each) => !isOfSameTypes(each, measured));
    const after = [...others, measured].slice(-MOST_RATIOS);
    if (await documents.write(COLLECTION, series, after, { expected: before?.version ?? 0 })) return;
  }
  throw new Error(`${COLLECTION} ${series} is being changed by somebody else all the time; try again`);
}

function isOfSameTypes(a: TypeRatio, b: TypeRatio): boolean {
  return (a.type === b.type && a.against === b.against) || (a.type === b.against && a.against === b.type);
}

/**
 * What one instance of `type` carries in instances of `against`, over as many measured pairs as lie between them, the newest first; undefined
 * where nothing measured leads from one to the other.
 */
export function ratioBetween(ratios: TypeRatios, type: string, against: string): number | undefined {
  const known = new Map([[against, 1]]);
  const queue = [against];
  for (const at of queue) {
    for (const each of ratios.toReversed()) {
      const step =
        each.against === at
          ? ([each.type, each.ratio] as const)
          : each.type === at
            ? ([each.against, 1 / each.ratio] as const)
            : undefined;
      if (step === undefined || known.has(step[0])) continue;
      known.set(step[0], known.get(at)! * step[1]);
      queue.push(step[0]);
    }
  }
  return known.get(type);
}
