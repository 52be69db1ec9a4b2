import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import { isOurs } from '@evenkeel/core/plan';
import { MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import { createWorld, holdTournament } from '@evenkeel/core/replay';
import { createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import type { GroupRef, GroupSnapshot, TargetTrackingPolicy } from '../ports/index.ts';
import { reviewGroup } from '../review/review.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { tickAll } from '../tick/tick.ts';

/** Midnight, 20 October 2025, a Monday. */
export const MIDNIGHT = 29_348_640 as Minute;
const HISTORY_DAYS = 16;

/** Demand of an office day: 2 at night, 12 around noon. */
export function officeDemand(at: number): number {
  const hour = (at % MINUTES_PER_DAY) / 60;
  return 2 + 10 * Math.exp(-(((hour - 12) / 3) ** 2));
}

/** The same day with quick ups and downs: every tick has something to write. */
export function jumpyDemand(at: number): number {
  return officeDemand(at) * (1 + 0.2 * Math.sin(at * 0.9) * Math.sin(at * 0.07));
}

/** One group on in-memory ports, whose provider carries out scheduled actions and leases as time passes. */
export interface World {
  readonly ports: MemoryPorts;
  readonly ref: GroupRef;
  now(): Minute;
  group(): GroupSnapshot;
  /** MinSize as it stands. */
  minSize(): number;
  target(): number;
  /** Our steps that stand. */
  steps(): Promise<
    readonly { readonly name: string; readonly in: number; readonly minSize: number | undefined }[]
  >;
  /** Lets time pass without Evenkeel. */
  pass(minutes: number): void;
  /** Lets time pass with a tick every five minutes, at full ones. */
  live(minutes: number): Promise<void>;
  tick(): ReturnType<typeof tickAll>;
  review(): Promise<void>;
  /** The owner, or somebody, changes the group by hand. */
  change(fields: Partial<GroupSnapshot>): void;
  tag(tags: Record<string, string>): void;
  decisions(kind?: Decision['kind']): readonly LedgerEntry[];
  excuses(): readonly string[];
}

export interface WorldOptions {
  readonly mode?: string;
  readonly tags?: Record<string, string>;
  readonly group?: Partial<GroupSnapshot>;
  readonly demand?: (at: number) => number;
  readonly settings?: Partial<EngineSettings>;
  /** Hour of the day at which the world begins. */
  readonly hour?: number;
}

/** A group of 2 to 40 instances with two weeks of history and a profile, at 06:00. */
export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const clock = { now: (MIDNIGHT + (options.hour ?? 6) * 60) as Minute };
  const ports = createMemoryPorts({ now: () => clock.now });
  const settings: EngineSettings = { ...DEFAULT_SETTINGS, tournaments: new Map(), ...options.settings };
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:mode': options.mode ?? 'auto', ...options.tags };
  ports.groups.set(
    plainGroup('web', { size: { min: 2, max: 40 }, tags, readAt: clock.now, ...options.group }),
  );
  const { ref } = plainGroup('web');
  const demand = options.demand ?? officeDemand;
  const start = (MIDNIGHT - HISTORY_DAYS * MINUTES_PER_DAY) as Minute;
  const values = Float64Array.from({ length: (HISTORY_DAYS + 14) * MINUTES_PER_DAY }, (_, i) =>
    demand(start + i),
  );
  ports.metrics.set(ref, { demand: { start, values } });
  await ports.profiles.save('shop', await learnedProfile(demand));
  return handlesOf({ ports, ref, clock, settings });
}

const profiles = new Map<(at: number) => number, Promise<Profile>>();

/** The profile of a demand, learned once per test file: a tournament is the dear part. */
function learnedProfile(demand: (at: number) => number): Promise<Profile> {
  const known = profiles.get(demand) ?? learn(demand);
  profiles.set(demand, known);
  return known;
}

async function learn(demand: (at: number) => number): Promise<Profile> {
  const start = (MIDNIGHT - HISTORY_DAYS * MINUTES_PER_DAY) as Minute;
  const values = Float64Array.from({ length: HISTORY_DAYS * MINUTES_PER_DAY }, (_, i) => demand(start + i));
  // One strategy only: what is tested here is what follows from floors, not which floors win.
  // A plan by the time of day does not change with every jump of demand, one by the level does.
  const forecaster = demand === jumpyDemand ? 'level' : 'time-of-day';
  const strategy = { target: 0.7, floors: { forecaster, quantile: 0.9 } } as const;
  return holdTournament({
    history: { start, values },
    world: createWorld({ startup: 3, bounds: { min: 2, max: 40 } }),
    lossFactor: 30,
    ownTarget: 0.5,
    strategies: [strategy],
  }).profile;
}

function handlesOf(made: {
  readonly ports: MemoryPorts;
  readonly ref: GroupRef;
  readonly clock: { now: Minute };
  readonly settings: EngineSettings;
}): World {
  const { ports, ref, clock, settings } = made;
  const group = () => ports.groups.get(ref)!;
  const change = (fields: Partial<GroupSnapshot>) => ports.groups.change(ref, fields);
  const tick = () => tickAll(ports, startOf(clock.now), settings);
  const pass = (minutes: number) => {
    for (let i = 0; i < minutes; i++) {
      clock.now = (clock.now + 1) as Minute;
      for (const { ref: due, action } of ports.scheduledActions.takeDue(clock.now)) {
        const { size, desired, suspendedProcesses } = ports.groups.get(due)!;
        if (suspendedProcesses.includes('ScheduledActions')) continue;
        const min = action.minSize ?? size.min;
        const max = action.maxSize ?? size.max;
        ports.groups.change(due, {
          size: { min, max },
          desired: Math.min(max, Math.max(min, action.desired ?? desired)),
        });
      }
      ports.targets.runDueLeases(clock.now);
      change({ readAt: clock.now });
    }
  };
  return {
    ports,
    ref,
    now: () => clock.now,
    group,
    minSize: () => group().size.min,
    target: () => (group().policies[0] as TargetTrackingPolicy).target,
    steps: async () =>
      (await ports.scheduledActions.list(ref))
        .filter(isOurs)
        .map(({ name, start, minSize }) => ({ name, in: start - clock.now, minSize })),
    pass,
    live: async (minutes) => {
      for (const end = clock.now + minutes; clock.now < end; ) {
        pass(1);
        if (clock.now % 5 === 0) await tick();
      }
    },
    tick,
    review: async () => {
      await reviewGroup(ports, group(), startOf(clock.now), settings);
    },
    change,
    tag: (tags) => change({ tags: { 'evenkeel:workload': 'shop', ...tags } }),
    decisions: (kind) =>
      ports.ledger
        .all()
        .filter(
          (entry) => entry.decision !== undefined && (kind ?? entry.decision.kind) === entry.decision.kind,
        ),
    excuses: () =>
      (ports.ledger.all().findLast((entry) => entry.id.startsWith('tick/'))?.excuses ?? []).map(
        (each) => each.code,
      ),
  };
}
