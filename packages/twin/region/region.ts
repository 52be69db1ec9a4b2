import { MINUTES_PER_DAY, type Minute, minute } from '@evenkeel/core/quantities';
import type { FaultSwitch } from '@evenkeel/engine/memory';
import { type GroupRef, groupKey, type Ports } from '@evenkeel/engine/ports';
import { createProvider, createTables, type Provider, type Tables } from '../ports/twin-ports.ts';
import { playRefresh } from '../refresh/play-refresh.ts';
import { createTwinGroup } from './create-twin-group.ts';
import { createDueActions } from './due-actions.ts';
import { NO_EXTRAS } from './extras.ts';
import { type GroupHistory, historyOf } from './history.ts';
import type { RegionOptions, TwinGroupOptions } from './options.ts';
import { createOwnerHand, type OwnerHand } from './owner-hand.ts';
import { playMinute } from './play-minute.ts';
import { reflexOf } from './reflex.ts';
import type { TwinGroup } from './twin-group.ts';

/** A simulated region: it goes on by itself when played, and Evenkeel sees and moves it through `ports` only. */
export interface Region {
  readonly account: string;
  readonly region: string;
  /** The groups there are, in the order they were made. */
  refs(): readonly GroupRef[];
  /** Everything a use case may touch. Read it anew for each run: lost tables are replaced. */
  readonly ports: Ports & Provider & Tables;
  /** Makes calls fail, see the in-memory ports. */
  readonly faults: FaultSwitch;
  /** The minute last played; before the first, the minute before `start`. */
  now(): Minute;
  /** Plays on by so many minutes. Throws a RangeError past the region's end. */
  advance(minutes: number, onMinute?: (at: Minute) => void): void;
  history(ref: GroupRef): GroupHistory;
  /** The group itself, for what would have been without Evenkeel. */
  group(ref: GroupRef): TwinGroup;
  /** As if every table of Evenkeel's had been deleted; what stands in the groups stands. */
  loseTables(): void;
  /** The owner's own hand on a group. */
  readonly owner: OwnerHand;
  /** Types of which there are none left to launch for a refresh; tests put names in and take them out. */
  readonly soldOut: Set<string>;
}

/** A region at its beginning. Throws a RangeError on options that cannot be played. */
export function createRegion(options: RegionOptions): Region {
  const { account = '000000000000', region = 'twin-1', start, end, metricDelay = 2, seed = 1 } = options;
  checkOptions(options, metricDelay);
  const groups = new Map<string, TwinGroup>();
  let now = minute(start - 1);
  const faults: FaultSwitch = { faults: {} };
  const dueActions = createDueActions();
  const provider = createProvider({ groups, now: () => now, faults });
  const soldOut = new Set<string>();
  let ports = { ...provider, ...createTables(faults) };
  const groupOf = (ref: GroupRef): TwinGroup => {
    const group = groups.get(groupKey(ref));
    if (!group) throw new RangeError(`the region has no group ${ref.name}`);
    return group;
  };
  const playNext = (): void => {
    now = minute(now + 1);
    provider.targets.runDueLeases(now);
    dueActions.run(provider.scheduledActions.takeDue(now), now, (key) => groups.get(key));
    for (const group of groups.values()) {
      playRefresh(group, { refreshes: provider.refreshes, alarms: provider.guardAlarms, soldOut });
      playMinute(group);
    }
  };

  const create = (group: TwinGroupOptions): GroupRef => {
    const ref: GroupRef = { account, region, name: group.name };
    if (groups.has(groupKey(ref))) throw new RangeError(`group ${ref.name} is there twice; names are unique`);
    const extras = { ...NO_EXTRAS, ...options.extras, ...group.extras };
    const context = { ref, start: minute(now + 1), end, metricDelay, seed, extras, policyFor: reflexOf };
    groups.set(groupKey(ref), createTwinGroup(group, context));
    return ref;
  };
  const remove = (ref: GroupRef): void => {
    groups.delete(groupKey(groupOf(ref).ref));
    provider.scheduledActions.forget(ref);
  };
  let changes = 0;
  const record: Parameters<typeof createOwnerHand>[0]['record'] = (ref, change) => {
    changes += 1;
    provider.activity.record(ref, { ...change, id: `change-${changes}`, at: now });
  };
  for (const group of options.groups) create(group);

  return {
    account,
    region,
    refs: () => [...groups.values()].map(({ ref }) => ref),
    get ports() {
      return ports;
    },
    faults,
    soldOut,
    now: () => now,
    advance(minutes, onMinute) {
      if (now + minutes >= end)
        throw new RangeError(`the region ends before minute ${end}, ${now + minutes} is past it`);
      for (let i = 0; i < minutes; i++) {
        playNext();
        onMinute?.(now);
      }
    },
    history: (ref) => historyOf(groupOf(ref)),
    group: groupOf,
    loseTables() {
      ports = { ...provider, ...createTables(faults) };
    },
    owner: createOwnerHand({ groupOf, create, remove, record }),
  };
}

function checkOptions({ start, end }: RegionOptions, metricDelay: number): void {
  if (start % MINUTES_PER_DAY !== 0)
    throw new RangeError(`a region begins at midnight, not in minute ${start}`);
  if (end <= start) throw new RangeError(`a region ends after it begins: ${end} is not after ${start}`);
  // With zone rounding a minute's metric is only known once it has been played.
  if (metricDelay < 1) throw new RangeError(`metricDelay is at least 1 minute, not ${metricDelay}`);
}
