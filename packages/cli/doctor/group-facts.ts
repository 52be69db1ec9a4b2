import { type Hold, notOurs } from '@evenkeel/core/guard';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { HISTORY_DAYS } from '@evenkeel/core/replay';
import { type ParsedPolicy, parsePolicy, WORKLOAD_TAG } from '@evenkeel/core/workload';
import { loadRecord } from '@evenkeel/engine';
import { type GroupRecord, type GroupSnapshot, groupKey, type ShapeFacts } from '@evenkeel/engine/ports';
import { type Measured, measuredOf } from '@evenkeel/engine/scan';
import type { Composition } from '../compose.ts';

/** What was read, or why it could not be. */
export type Read<Value> = { readonly value: Value } | { readonly failed: string };

/** Everything the checks of a group look at, read beforehand: the checks themselves only judge. */
export interface GroupFacts {
  readonly group: GroupSnapshot;
  readonly parsed: ParsedPolicy;
  /** Another service's, or not to be touched. */
  readonly isForeign: boolean;
  readonly record: GroupRecord | undefined;
  readonly hold: Hold | undefined;
  readonly measured: Read<Measured | undefined>;
  /** vCPU quota and free addresses for the present type. */
  readonly room: Read<ShapeFacts>;
  readonly vcpusPerInstance: number | undefined;
  readonly now: Minute;
}

/** Reads the facts of a group; what fails is a fact too. */
export async function groupFacts(
  composition: Composition,
  group: GroupSnapshot,
  now: Minute,
): Promise<GroupFacts> {
  const { ports } = composition;
  const workload = group.tags[WORKLOAD_TAG] ?? '';
  const parsed = parsePolicy(group.tags, (await ports.settings.load(workload)).mode);
  const isForeign = notOurs(group) !== undefined;
  const [hold] = await ports.holds.inForce({ workload, group: groupKey(group.ref), at: now });
  const types = group.shape.instanceTypes;
  return {
    group,
    parsed,
    isForeign,
    record: await loadRecord(ports, group.ref),
    hold,
    measured: isForeign ? { value: undefined } : await read(() => history(composition, group, now)),
    room:
      isForeign || types.length === 0
        ? { failed: 'the group does not say its instance type' }
        : await read(async () => (await composition.shapes()).ports.shapeFacts.read(group.ref, { types })),
    vcpusPerInstance: await vcpusOf(composition, group),
    now,
  };
}

async function history(
  { ports }: Composition,
  group: GroupSnapshot,
  now: Minute,
): Promise<Measured | undefined> {
  const today = Math.floor(now / MINUTES_PER_DAY);
  const from = ((today - HISTORY_DAYS) * MINUTES_PER_DAY) as Minute;
  const parsed = parsePolicy(group.tags);
  const reading = await ports.metrics.demand(group.ref, from, now);
  return measuredOf(reading, parsed.ok ? parsed.policy.sloUtilisation : undefined);
}

async function vcpusOf({ ports }: Composition, { ref, shape }: GroupSnapshot): Promise<number | undefined> {
  const entries = await read(async () => (await ports.catalogue?.inRegion(ref.region)) ?? []);
  if ('failed' in entries) return undefined;
  return entries.value.find(({ type }) => type.name === shape.instanceTypes[0])?.type.vcpus;
}

/** A read that fails is a finding, not the end. */
export async function read<Value>(reading: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return { value: await reading() };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}
