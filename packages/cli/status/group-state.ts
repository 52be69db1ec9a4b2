import { holdReason } from '@evenkeel/core/explain';
import { nameStrategy } from '@evenkeel/core/forecast';
import { type Hold, notOurs } from '@evenkeel/core/guard';
import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { type DayFigures, replayGate } from '@evenkeel/core/savings';
import { type Mode, parsePolicy, seriesKey } from '@evenkeel/core/workload';
import { type GroupSnapshot, groupKey, type Ports } from '@evenkeel/engine/ports';

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
  const workload = group.tags['evenkeel:workload'] ?? '';
  const record = await ports.records.load(group.ref);
  const { mode } = await ports.settings.load(workload);
  const parsed = parsePolicy(group.tags, mode);
  const [hold] = await ports.holds.inForce({ workload, group: groupKey(group.ref), at: now });
  const profile = parsed.ok ? await ports.profiles.load(seriesKey(parsed.policy)) : undefined;
  const next = record?.written.find((step) => step.start > now && step.name !== HOME_STEP_NAME);
  const cpu = group.policies.find((policy) => policy.kind === 'target-tracking' && policy.metric === 'cpu');
  const standing = hold ?? record?.held;
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
    state: stateInWords(group, parsed.ok ? parsed.policy.mode : undefined, standing),
    held: standing !== undefined,
  };
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

function stateInWords(group: GroupSnapshot, mode: Mode | undefined, hold: Hold | undefined): string {
  if (mode === undefined) return 'left alone: its tags are wrong';
  const foreign = notOurs(group);
  if (foreign) return `left alone: ${foreign.bottleneck}`;
  if (hold) return `${hold.kind}: ${holdReason(hold.kind, hold.by)}`;
  if (mode === 'off') return 'off';
  if (mode === 'observe') return 'watching only';
  return mode === 'recommend' ? 'recommending only' : 'steering';
}
