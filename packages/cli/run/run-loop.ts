import type { LedgerEntry, Place } from '@evenkeel/core/explain';
import {
  type Instant,
  MINUTES_PER_HOUR,
  type Minute,
  minuteOf,
  TICK_MINUTES,
} from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import {
  DEFAULT_SETTINGS,
  type EngineSettings,
  type MissingPorts,
  overGroups,
  reviewGroup,
  rosterOf,
  tickGroup,
  tickGroups,
  tidyMissing,
} from '@evenkeel/engine';
import { type HealthMemory, watchHealth } from '@evenkeel/engine/health';
import { type GroupRef, type GroupSnapshot, type Ports, portErrorCode } from '@evenkeel/engine/ports';
import type { Clock } from '../terminal/clock.ts';
import { createReviewCalendar, type ReviewCalendar } from './review-due.ts';
import type { RunRollouts } from './run-rollouts.ts';

/** What the loop tells as it goes. */
export interface RunView {
  /** A review of `total` groups reads the history of one of them. */
  reviewing(done: number, total: number, group: string): void;
  reviewed(): void;
  told(entries: readonly LedgerEntry[]): void;
  ticked(tick: TickReport): Promise<void>;
  /** AWS could not be read at all: nothing was changed, the next tick tries again. */
  failed(error: unknown): void;
  /** Something of a rollout did not work; it is tried again at the next tick. */
  rolloutFailed(error: Error): void;
  /** Waiting for the next tick. */
  waiting(until: Instant): void;
}

export interface TickReport {
  readonly at: Minute;
  readonly groups: readonly GroupSnapshot[];
  readonly failures: readonly { readonly ref: { readonly name: string }; readonly message: string }[];
}

export interface RunLoopOptions {
  readonly ports: Ports;
  /** Where the groups are. */
  readonly place: Place;
  readonly clock: Clock;
  readonly view: RunView;
  /** One review where it is due and one tick. */
  readonly once: boolean;
  /** Told before each tick which groups it is of. */
  readonly expectTicks?: (refs: readonly GroupRef[]) => void;
  /** Reads prices of the day where nobody did so today; never fails a round. */
  readonly refreshCatalogue?: (now: Instant) => Promise<void>;
  /** Carries changes of shape out; without it better shapes are told, and nobody is asked for an approval. */
  readonly rollouts?: RunRollouts;
  /** Aborted when the user wants to end: the group at work is finished, no other is begun. */
  readonly signal: AbortSignal;
}

const TICK_MS = TICK_MINUTES * 60_000;
/** The live view is drawn anew this often while waiting. */
const LOOK_EVERY_MS = 1_000;

/**
 * Review and tick in one process: every five minutes, on the clock's own five minutes, all groups one after the other. A failure of one
 * group never touches another, and one of AWS as a whole is told and tried again. With `once` it rejects instead.
 */
export async function runLoop(options: RunLoopOptions): Promise<void> {
  const { view, once, signal, ports } = options;
  const calendar = createReviewCalendar(ports);
  const rollouts = options.rollouts !== undefined;
  const settings: EngineSettings = { ...DEFAULT_SETTINGS, rollouts, tournaments: new Map() };
  const memory: HealthMemory = {};
  const janitor = createJanitor(options);
  while (!signal.aborted) {
    try {
      const groups = await round(options, calendar, settings);
      await janitor(groups);
      await watch(options, memory, { groups: groups.length });
    } catch (error) {
      await watch(options, memory, { groups: 0, problem: messageOf(error) });
      if (once) throw error;
      view.failed(error);
    }
    if (once) return;
    await waitForTick(options);
  }
}

async function round(
  { ports, clock, view, signal, expectTicks, refreshCatalogue, rollouts }: RunLoopOptions,
  calendar: ReviewCalendar,
  settings: EngineSettings,
): Promise<readonly GroupSnapshot[]> {
  const groups = await ports.groups.list();
  await rollouts?.resume(groups, clock.now());
  const unlessEnding = (work: () => ReturnType<typeof tickGroup>) =>
    signal.aborted ? Promise.resolve({ entries: [] }) : work();
  const due: GroupSnapshot[] = [];
  for (const group of groups) if (await calendar.due(group, minuteOf(clock.now()))) due.push(group);
  if (due.length > 0) await refreshCatalogue?.(clock.now());
  let done = 0;
  const reviewed = await overGroups(ports, due, 'review', clock.now(), (group) =>
    unlessEnding(() => {
      view.reviewing(done++, due.length, group.ref.name);
      calendar.tried(group, minuteOf(clock.now()));
      return reviewGroup(ports, group, clock.now(), settings);
    }),
  );
  if (due.length > 0) view.reviewed();
  view.told(reviewed.entries);
  await rollouts?.start(reviewed.entries);
  // A review takes its time and may have changed a target: the tick goes by what stands now.
  const standing = due.length > 0 ? await ports.groups.list() : groups;
  expectTicks?.(standing.map(({ ref }) => ref));
  const now = clock.now();
  const ticked = await tickGroups({ ports, groups: standing, now }, (group, loweringStopped) =>
    unlessEnding(() => tickGroup(ports, group, now, { ...settings, loweringStopped })),
  );
  view.told(ticked.entries);
  await rollouts?.ticked(clock.now());
  await view.ticked({
    at: minuteOf(now),
    groups: standing,
    failures: [...reviewed.failures, ...ticked.failures],
  });
  return standing;
}

/** S16: looks at once and then hourly, as the deployed janitor does; what fails is told and tried again. */
function createJanitor({ ports, place, clock, view }: RunLoopOptions) {
  let looked = Number.NEGATIVE_INFINITY;
  return async (tagged: readonly GroupSnapshot[]): Promise<void> => {
    const now = clock.now();
    if (minuteOf(now) < looked + MINUTES_PER_HOUR) return;
    looked = minuteOf(now);
    const { entries, failures } = await tidyMissing(missingPorts(ports, place), {
      place,
      tagged: rosterOf(tagged.map(({ ref, tags }) => ({ ref, workload: tags[WORKLOAD_TAG] }))),
      now,
    });
    view.told(entries);
    for (const { ref, error } of failures)
      view.failed(
        new Error(
          `${ref.name} lost its tag and could not be tidied up: ${portErrorCode(error)}: ${error.message}`,
        ),
      );
  };
}

function missingPorts(ports: Ports, place: Place): MissingPorts {
  const read = (name: string) => ports.groups.read({ ...place, name });
  return {
    ...ports,
    policies: async ({ name }) => (await read(name))?.policies ?? [],
    standing: async (names) => {
      const groups = await Promise.all(names.map(read));
      return groups
        .filter((group) => group !== undefined)
        .map(({ ref, size, tags }) => ({ ref, minSize: size.min, workload: tags[WORKLOAD_TAG] }));
    },
  };
}

/** Looks after each round whether Evenkeel itself works. A store that cannot be written fails the next round too, and is told there. */
async function watch(
  { ports, place, clock, view }: RunLoopOptions,
  memory: HealthMemory,
  found: { readonly groups: number; readonly problem?: string },
): Promise<void> {
  const entries = await watchHealth(ports, [{ ...place, ...found }], clock.now(), memory).catch(() => []);
  view.told(entries);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function waitForTick({ clock, view, signal, rollouts }: RunLoopOptions): Promise<void> {
  const until = ((Math.floor(clock.now() / TICK_MS) + 1) * TICK_MS) as Instant;
  while (clock.now() < until && !signal.aborted) {
    await rollouts?.pump();
    view.waiting(until);
    await clock.sleep(Math.min(LOOK_EVERY_MS, until - clock.now()), signal);
  }
}
