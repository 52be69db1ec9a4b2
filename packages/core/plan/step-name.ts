import type { Minute } from '../quantities.ts';
import { OUR_PREFIX } from './scheduled-action.ts';

// AWS allows 255 characters in a scheduled action's name.
const LONGEST_GROUP_PART = 200;

/**
 * The name of the step that begins in `start`: a function of group and start minute alone, so that changing a step is a put
 * under the same name (S4). Looks like `evenkeel-20261123-0935-web`, in universal time.
 */
export function stepName(group: string, start: Minute): string {
  const iso = new Date(start * 60_000).toISOString();
  const stamp = `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 16).replace(':', '')}`;
  return `${OUR_PREFIX}${stamp}-${shortened(group)}`;
}

function shortened(group: string): string {
  if (group.length <= LONGEST_GROUP_PART) return group;
  return `${group.slice(0, LONGEST_GROUP_PART)}-${fnv1a(group).toString(36)}`;
}

/** 32-bit FNV-1a (Fowler, Noll, Vo): enough to keep names of one long prefix apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
