import { notOurs } from '@evenkeel/core/guard';
import type { Instant } from '@evenkeel/core/quantities';
import { parsePolicy, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { GroupRef, GroupSnapshot, Ports } from '../ports/index.ts';
import { tellAdoption } from '../run/adoption.ts';
import { openRun } from '../run/open-run.ts';
import { type FleetReport, overGroups } from '../run/over-groups.ts';
import { closeRun, excuse, type Run, type RunReport } from '../run/run.ts';
import { joinSeries } from '../run/series.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { decideTarget } from '../target/decide-target.ts';
import { leastCriticalFirst, noteHotMinutes } from './fleet-pace.ts';
import { learn } from './learn.ts';
import { noteHeadroom } from './note-headroom.ts';
import { offerMode } from './offer-mode.ts';
import { readHistory } from './read-history.ts';
import { reviewShape } from './shape/review-shape.ts';
import { verify } from './verify.ts';

/**
 * Nightly, per group: its history of up to 28 days goes through the tournament, the best strategy for its tier becomes the profile,
 * and its target follows within the rules of a lease.
 */
export async function reviewGroup(
  ports: Ports,
  group: GroupSnapshot,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<RunReport> {
  const run = await openRun({ useCase: 'review', ports, group, now, settings });
  const policy = await reviewable(run);
  if (policy) {
    tellAdoption(run, policy);
    await joinSeries(run, policy);
    const { own, series } = await readHistory(run, policy);
    const gate = verify(run, policy, own);
    await noteHotMinutes(run, policy, gate);
    const learned = await learn(run, policy, series, gate);
    await decideTarget(run, policy, { ...learned, gate });
    await reviewShape(run, policy, { reading: own, gate, learned });
    if (learned.profile) await offerMode(run, policy, learned);
    await noteHeadroom(run, own);
  }
  return closeRun(run);
}

/** The review of one group by name. */
export async function review(
  ports: Ports,
  ref: GroupRef,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<RunReport> {
  const group = await ports.groups.read(ref);
  return group ? reviewGroup(ports, group, now, settings) : { entries: [] };
}

/** The review of every tagged group. One group's failure never touches another. */
export async function reviewAll(
  ports: Ports,
  now: Instant,
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<FleetReport> {
  const groups = await ports.groups.list();
  const paced = { ...settings, fleetGroups: settings.fleetGroups ?? groups.length };
  return overGroups(ports, leastCriticalFirst(groups), 'review', now, (group) =>
    reviewGroup(ports, group, now, paced),
  );
}

/** Learning goes on while a group is held or paused, but not where tags are wrong, Evenkeel is off or the group is another's. */
async function reviewable(run: Run): Promise<WorkloadPolicy | undefined> {
  const { mode } = await run.ports.settings.load(run.workload);
  const parsed = parsePolicy(run.group.tags, mode);
  if (!parsed.ok) {
    for (const wrong of parsed.excuses) excuse(run, wrong);
    return undefined;
  }
  const foreign = notOurs(run.group);
  if (foreign) excuse(run, foreign);
  return foreign || parsed.policy.mode === 'off' ? undefined : parsed.policy;
}
