import type { Instant } from '@evenkeel/core/quantities';
import { notePulse, type Troubled } from '../health/pulse.ts';
import type { GroupRef, GroupSnapshot, Ports } from '../ports/index.ts';
import { openRun } from '../run/open-run.ts';
import { type FleetReport, overGroups } from '../run/over-groups.ts';
import { closeRun, type RunReport } from '../run/run.ts';
import { joinSeries } from '../run/series.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { pursueTarget } from '../target/pursue-target.ts';
import { forget } from '../tidy/forget.ts';
import { carryOut } from './carry-out.ts';
import { decideFloors } from './decide-floors.ts';
import { followEvents } from './event-trail.ts';
import { noteAnomalies, placeOf, readBrake } from './fleet-brake.ts';
import { mayAct } from './may-act.ts';

/**
 * Every five minutes, per group: the last hours of demand and the profile become floors, the floors a plan, the plan the few
 * scheduled actions that differ from what stands. Running it twice at the same `now` writes once.
 */
export async function tickGroup(
  ports: Ports,
  group: GroupSnapshot,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<RunReport> {
  const run = await openRun({ useCase: 'tick', ports, group, now, settings });
  const policy = await mayAct(run);
  if (policy) {
    await joinSeries(run, policy);
    const floors = await decideFloors(run, policy);
    if (floors) await carryOut(run, policy, floors);
    if (floors) followEvents(run, policy, floors);
    await pursueTarget(run, policy);
  }
  return closeRun(run);
}

/** The tick of one group by name; a group that does not exist any more is forgotten. */
export async function tick(
  ports: Ports,
  ref: GroupRef,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<RunReport> {
  const group = await ports.groups.read(ref);
  if (group) return tickGroup(ports, group, now, settings);
  await forget(ports, ref, now);
  return { entries: [] };
}

/** The tick of every tagged group. One group's failure never touches another. */
export async function tickAll(
  ports: Ports,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<FleetReport> {
  const groups = await ports.groups.list();
  return tickGroups({ ports, groups, now, all: settings.groupsInPlace ?? groups.length }, (group, braked) =>
    tickGroup(ports, group, now, { ...settings, loweringStopped: braked }),
  );
}

/**
 * Ticks groups of one place under the fleet's brake (S24): where too many groups are anomalous at once, `work` is told that
 * nothing may be lowered. `all`: how many groups the place has, where these are a part of them.
 */
export async function tickGroups(
  run: {
    readonly ports: Ports;
    readonly groups: readonly GroupSnapshot[];
    readonly now: Instant;
    readonly all?: number;
  },
  work: (group: GroupSnapshot, braked: boolean) => Promise<RunReport>,
): Promise<FleetReport> {
  const { ports, groups, now, all } = run;
  const place = placeOf(groups, all);
  const braked = await readBrake(ports, place, now);
  const anomalous: GroupRef[] = [];
  const troubled: Troubled[] = [];
  const report = await overGroups(ports, groups, 'tick', now, async (group) => {
    const one = await work(group, braked);
    if (one.anomalous) anomalous.push(group.ref);
    if (one.trouble) troubled.push({ ref: group.ref, ...one.trouble });
    return one;
  });
  const failed = report.failures
    .filter(({ gone }) => !gone)
    .map((each) => ({ ...each, part: 'ticks' as const }));
  const ticked = groups.map(({ ref }) => ref);
  if (place) await notePulse(ports.documents, { ...place, ticked, troubled: [...troubled, ...failed] }, now);
  const pulled = await noteAnomalies(ports, { place, anomalous }, now);
  return { ...report, entries: [...report.entries, ...pulled] };
}
