import type { Instances, Instant } from '@evenkeel/core/quantities';
import { type Bounds, parsePolicy, TIERS, type Tier, WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupRef } from '../ports/index.ts';

/** What is known of a group without looking at it anew: its tags, and its sizes where they were just read. */
export interface KnownGroup {
  readonly ref: GroupRef;
  readonly tags: Readonly<Record<string, string>>;
  readonly size?: Bounds;
  readonly inService?: Instances;
}

/** Where groups are known from: the Groups port, or what the last tick has noted. */
export interface GroupSource {
  readonly list: () => Promise<readonly KnownGroup[]>;
}

/** Who belongs to what, as the tags say now, over every account and region. */
export interface Directory {
  readonly all: () => Promise<readonly KnownGroup[]>;
  readonly of: (workload: string) => Promise<readonly KnownGroup[]>;
  /** The most critical tier among the workload's groups; undefined where no group carries the name. */
  readonly tierOf: (workload: string) => Promise<Tier | undefined>;
  /** The Slack channel of the tag `evenkeel:notify`; the first group's that has one. */
  readonly channelOf: (workload: string) => Promise<string | undefined>;
}

/**
 * A directory over the groups of every place. A place that cannot be read is left out, never the others with it. With `memory`
 * what was read is believed for so long: a run that sends forty messages looks once.
 */
export function createDirectory(
  places: readonly GroupSource[],
  memory?: { readonly now: () => Instant; readonly forMs: number },
): Directory {
  let remembered: { readonly at: Instant; readonly groups: readonly KnownGroup[] } | undefined;
  const all = async (): Promise<readonly KnownGroup[]> => {
    const now = memory?.now();
    if (remembered !== undefined && memory !== undefined && now! - remembered.at < memory.forMs)
      return remembered.groups;
    const groups = await readAll(places);
    if (now !== undefined) remembered = { at: now, groups };
    return groups;
  };
  const of = async (workload: string) => (await all()).filter(({ tags }) => tags[WORKLOAD_TAG] === workload);
  return {
    all,
    of,
    async tierOf(workload) {
      const groups = await of(workload);
      const tiers = groups.map(({ tags }) => {
        const parsed = parsePolicy(tags);
        // A wrong tag must not let more people in: it counts as the most critical.
        return parsed.ok ? parsed.policy.tier : 0;
      });
      return TIERS.find((tier) => tiers.includes(tier));
    },
    async channelOf(workload) {
      for (const { tags } of await of(workload)) {
        const parsed = parsePolicy(tags);
        if (parsed.ok && parsed.policy.notify !== undefined) return parsed.policy.notify;
      }
      return undefined;
    },
  };
}

async function readAll(places: readonly GroupSource[]): Promise<readonly KnownGroup[]> {
  const found = await Promise.allSettled(places.map((groups) => groups.list()));
  // Where nothing at all can be read, "no such workload" would be a lie.
  if (found.length > 0 && found.every((each) => each.status === 'rejected')) throw found[0]!.reason;
  return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
}

/** The refs of groups. */
export function refsOf(groups: readonly KnownGroup[]): readonly GroupRef[] {
  return groups.map(({ ref }) => ref);
}
