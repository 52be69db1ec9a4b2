/** AWS allows 255 characters in the name of a group, and as many in those of scheduled actions and alarms, which say more than the group. */
const LONGEST = 200;

/** What stands for a group in the name of something that belongs to it: the group's own name, a long one shortened, none like another's. */
export function groupPart(group: string): string {
  if (group.length <= LONGEST) return group;
  return `${group.slice(0, LONGEST)}-${fnv1a(group).toString(36)}`;
}

/** 32-bit FNV-1a (Fowler, Noll, Vo): enough to keep names of one long prefix apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
