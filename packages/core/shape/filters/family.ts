import type { InstanceType } from '../instance-type.ts';
import type { ShapeFilter } from './shape-filter.ts';

/** General-purpose families: what any Linux service runs on without being asked. */
const DEFAULT_SERIES: readonly string[] = ['c', 'm', 'r'];
/** The first generation on Nitro throughout. */
const OLDEST_GENERATION = 5;

/**
 * The tag's types and families where there is a tag; else c, m and r from the 5th generation on, without bare metal, accelerators, burstable
 * and flex types. The present type always stays, and so does its family: what the owner chose is no surprise.
 */
export const family: ShapeFilter = {
  name: 'family',
  reject: ({ type }, { types, present }) => {
    const named = types?.includes(type.name) || types?.includes(type.family);
    const because = types ? !named && `family ${type.family}` : whatIsSpecial(type, present);
    if (!because) return undefined;
    const allowed = types?.join(' ') ?? 'c, m and r from the 5th generation on';
    return { code: 'family-not-allowed', bottleneck: 'family', facts: { because, allowed } };
  },
};

/** Whether a type is one that is considered where no tag says otherwise. */
export function isOrdinary(type: InstanceType): boolean {
  return whatIsSpecial(type, undefined) === undefined;
}

function whatIsSpecial(type: InstanceType, present: InstanceType | undefined): string | undefined {
  if (type.name === present?.name) return undefined;
  if (type.bareMetal) return 'bare metal';
  const likePresent = type.family === present?.family;
  if (likePresent) return undefined;
  if (type.accelerated) return 'an accelerated type';
  if (type.burstable) return 'a burstable type';
  if (type.flex) return 'a flex type';
  const ordinary = DEFAULT_SERIES.includes(type.series) && type.generation >= OLDEST_GENERATION;
  return ordinary ? undefined : `family ${type.family}`;
}
