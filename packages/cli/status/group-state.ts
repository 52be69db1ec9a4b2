import { holdReason, type Refusals, refusalsInWords } from '@evenkeel/core/explain';
import { nameStrategy } from '@evenkeel/core/forecast';
import { type Hold, notOurs } from '@evenkeel/core/guard';
import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { MINUTES_PER_HOUR, type Minute } from '@evenkeel/core/quantities';
import { type DayFigures, replayGate } from '@evenkeel/core/savings';
import { type Mode, parsePolicy, seriesKey, WORKLOAD_TAG } from '@evenkeel/core/workload';
import { loadProfile, loadRecord } from '@evenkeel/engine';
import { type GroupRecord, type GroupSnapshot, groupKey, type Ports } from '@evenkeel/engine/ports';

/** How Evenkeel stands towards one group: what is there, what is planned, and what holds it. */
export interface GroupState {
  readonly group: string;
  readonly workload: string;
  readonly mode: Mode | 'wrong tags';
  readonly minSize: number;
  /** The owner's own minimum, absent before adoption. */
  readonly home?: number;
  readonly maxSize: number;
  readonly inService: number;
  readonly desired: number;
  /** The next step of ours that changes MinSize before home. */
  readonly next?: { readonly at: Minute; readonly minSize: number };
  /** The CPU target in percent, and the owner's where it is tuned. */
  readonly target?: number;
  readonly ownerTarget?: number;
  readonly strategy?: string;
  /** The last days that were replayed against what happened; absent before the first. */
  readonly savings?: VerifiedSavings;
  /** In words: `paused by bob`, `steering`, `watching only`. */
  readonly state: string;
  /** What AWS refused at its last try, how often and since when; absent where it takes what is written. */
  readonly refused?: Refusals & { readonly what: string };
  /** Whether something keeps Evenkeel's hands off. */
  readonly held: boolean;
}

/** Instance-hours as the owner's own configuration would have billed them, and as measured. */
export interface VerifiedSavings {
  readonly days: number;
  readonly ownerInstanceHours: number;
  readonly instanceHours: number;
  /** How far the replay of what was in force is off the measured capacity, as a share; absent where it could not be measured. */
  readonly replayError?: number;
  /** Whether the replay matches well enough to call it verified (S9). */
  readonly verified: boolean;
}

type StatePorts = Pick<Ports, 'records' | 'holds' | 'settings' | 'profiles'>;

/** The states of groups as they were read, in their order. */
export async function groupStates(
  ports: StatePorts,
  groups: readonly GroupSnapshot[],
  now: Minute,
): Promise<readonly GroupState[]> {
  return Promise.all(groups.map((group) => groupState(ports, group, now)));
}

async function groupState(ports: StatePorts, group: GroupSnapshot, now: Minute): Promise<GroupState> {
  const workload = group.tags[WORKLOAD_TAG] ?? '';
  const record = await loadRecord(ports, group.ref);
  const { mode } = await ports.settings.load(workload);
  const parsed = parsePolicy(group.tags, mode);
  const [hold] = await ports.holds.inForce({ workload, group: groupKey(group.ref), at: now });
  const profile = parsed.ok ? await loadProfile(ports, seriesKey(parsed.policy)) : undefined;
  const next = record?.written.find((step) => step.start > now && step.name !== HOME_STEP_NAME);
  const cpu = group.policies.find((policy) => policy.kind === 'target-tracking' && policy.metric === 'cpu');
  const standing = hold ?? record?.held;
  const refused = refusedOf(record, now);
  return {
    group: group.ref.name,
    workload,
    mode: parsed.ok ? parsed.policy.mode : 'wrong tags',
    minSize: group.size.min,
    ...(record && { home: record.home.minSize }),
    maxSize: group.size.max,
    inService: group.inService,
    desired: group.desired,
    ...(next?.minSize !== undefined && { next: { at: next.start, minSize: next.minSize } }),
    ...(cpu?.kind === 'target-tracking' && { target: cpu.target }),
    ...(record?.target !== undefined && record.home.policy && { ownerTarget: record.home.policy.target }),
    ...savingsOf(record?.days ?? []),
    ...(profile && { strategy: nameStrategy(profile.strategy) }),
    ...(refused && { refused }),
    state: stateInWords({ group, mode: parsed.ok ? parsed.policy.mode : undefined, hold: standing, refused }),
    held: standing !== undefined,
  };
}

/** What is refused at present; a refusal that no tick has met for an hour is history. */
function refusedOf(record: GroupRecord | undefined, now: Minute): GroupState['refused'] {
  const standing = record?.refused?.findLast(({ last }) => now - last < MINUTES_PER_HOUR);
  return standing && { what: standing.what, times: standing.times, since: standing.since };
}

function savingsOf(days: readonly DayFigures[]): { readonly savings?: VerifiedSavings } {
  if (days.length === 0) return {};
  const gate = replayGate(days);
  const hours = (of: (day: DayFigures) => number) => days.reduce((sum, day) => sum + of(day), 0) / 60;
  return {
    savings: {
      days: days.length,
      ownerInstanceHours: hours((day) => day.owner.capacity),
      instanceHours: hours((day) => day.measured.capacity),
      ...(gate.kind === 'not-measured' ? {} : { replayError: gate.error }),
      verified: gate.kind === 'matches',
    },
  };
}

function stateInWords({
  group,
  mode,
  hold,
  refused,
}: {
  readonly group: GroupSnapshot;
  readonly mode: Mode | undefined;
  readonly hold: Hold | undefined;
  readonly refused: GroupState['refused'];
}): string {
  if (mode === undefined) return 'left alone: its tags are wrong';
  const foreign = notOurs(group);
  if (foreign) return `left alone: ${foreign.bottleneck}`;
  if (refused) return `AWS refuses its ${refused.what.replaceAll('-', ' ')}, ${refusalsInWords(refused)}`;
  if (hold) return `${hold.kind}: ${holdReason(hold.kind, hold.by)}`;
  if (mode === 'off') return 'off';
  if (mode === 'observe') return 'watching only';
  return mode === 'recommend' ? 'recommending only' : 'steering';
}
