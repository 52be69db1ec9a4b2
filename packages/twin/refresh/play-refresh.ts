import type { Instances } from '@evenkeel/core/quantities';
import { minute } from '@evenkeel/core/quantities';
import type { KeptRefresh, MemoryGuardAlarms, MemoryRefreshes } from '@evenkeel/engine/memory';
import { type GroupShape, hasEnded } from '@evenkeel/engine/ports';
import type { TwinGroup } from '../region/twin-group.ts';
import { createMix, type Mix } from './mix.ts';

/** What the provider's refreshes are played with. */
export interface RefreshPlay {
  readonly refreshes: MemoryRefreshes;
  readonly alarms: Pick<MemoryGuardAlarms, 'stateOf'>;
  /** Types of which there are none left to launch. */
  readonly soldOut: ReadonlySet<string>;
}

/** Launches are tried for this long before the refresh goes back by itself (AWS: one hour). */
const STUCK_MINUTES = 60;

/** Moves a group's refresh on by one minute, before the minute itself is played. */
export function playRefresh(group: TwinGroup, play: RefreshPlay): void {
  const refresh = play.refreshes.of(group.ref);
  if (!refresh) return;
  const at = group.run.next;
  const mix = mixOf(group);
  if (hasEnded(refresh)) {
    // Cancelled: what was replaced stays, what was on its way is not waited for.
    mix.batch = undefined;
    return;
  }
  if (refresh.percent === 0 && mix.next === undefined) begin(group, mix, refresh);
  // Those that came replace others in this minute; the next are launched in the one after.
  if (welcome(group, mix, refresh, at)) return;
  if (refresh.status === 'rolling-back') {
    goBack(group, mix, play, at);
    return;
  }
  const alarm = refresh.preferences.alarms.find((name) => play.alarms.stateOf(name) === 'alarm');
  if (alarm !== undefined) {
    turn(mix, play, refresh, `alarm ${alarm} went off`);
    return;
  }
  if (mix.batch !== undefined) return;
  if (refresh.status === 'baking') {
    bake(group, mix, play, at);
    return;
  }
  goOn(group, mix, { play, refresh, at });
}

/** The group's mix, made when it is first needed: from then on load and felt demand are no longer demand itself. */
function mixOf(group: TwinGroup): Mix {
  if (group.mix) return group.mix;
  if (group.load === group.demand) {
    group.load = Float64Array.from(group.demand);
    group.felt = Float64Array.from(group.demand);
  }
  const shape = shapeOf(group);
  group.mix = createMix({ shape, capacity: capacityOf(group, shape) }, group.demand.length);
  return group.mix;
}

export function shapeOf(group: TwinGroup): GroupShape {
  return group.mix?.saved.shape ?? group.firstShape;
}

function capacityOf(group: TwinGroup, shape: GroupShape): number {
  return group.options.capacities?.[shape.instanceTypes[0] ?? ''] ?? 1;
}

function begin(group: TwinGroup, mix: Mix, { desired }: KeptRefresh): void {
  const shape: GroupShape = { ...shapeOf(group), instanceTypes: desired.types };
  mix.next = { shape, capacity: capacityOf(group, shape) };
  mix.renewed = 0;
  mix.checkpoint = 0;
  mix.standsUntil = undefined;
  mix.stuckSince = undefined;
}

/** Instances that enter service in this minute: a batch (gives whether one came), and beside it what the group itself asked for. */
function welcome(group: TwinGroup, mix: Mix, refresh: KeptRefresh, at: number): boolean {
  const { fleet } = group.run;
  const arrivals = fleet.arrivals[at % fleet.arrivals.length]!;
  const back = refresh.status === 'rolling-back';
  const ofBatch = mix.batch?.arrives === at ? Math.min(mix.batch.count, arrivals) : 0;
  if (mix.batch && at >= mix.batch.arrives) mix.batch = undefined;
  mix.renewed += back ? -ofBatch : arrivals;
  // The group takes its oldest configuration away first.
  mix.renewed = Math.max(0, Math.min(mix.renewed, fleet.inService + arrivals - (back ? 0 : ofBatch)));
  const total = Math.max(1, fleet.inService + arrivals - ofBatch);
  group.percent = Math.min(100, Math.floor((100 * mix.renewed) / total));
  return ofBatch > 0;
}

function goOn(
  group: TwinGroup,
  mix: Mix,
  { play, refresh, at }: { play: RefreshPlay; refresh: KeptRefresh; at: number },
): void {
  const { checkpoints, checkpointDelay } = refresh.preferences;
  const share = checkpoints[mix.checkpoint] ?? 100;
  const total = group.run.fleet.inService;
  const goal = Math.min(total, Math.max(1, Math.floor((share / 100) * total + 1e-9)));
  play.refreshes.change(group.ref, { percent: group.percent });
  if (mix.renewed < goal) {
    launch(group, mix, { play, at, wanted: goal - mix.renewed, type: refresh.desired.types });
    return;
  }
  if (share >= 100) {
    play.refreshes.change(group.ref, { status: 'baking', percent: 100 });
    mix.standsUntil = at + refresh.preferences.bake;
    return;
  }
  mix.standsUntil ??= at + checkpointDelay;
  if (at < mix.standsUntil) return;
  mix.standsUntil = undefined;
  mix.checkpoint += 1;
}

function launch(
  group: TwinGroup,
  mix: Mix,
  options: { play: RefreshPlay; at: number; wanted: Instances; type: readonly string[] },
): void {
  const { play, at, wanted, type } = options;
  if (type.every((each) => play.soldOut.has(each))) {
    mix.stuckSince ??= at;
    const refresh = play.refreshes.of(group.ref);
    const tooLong = at - mix.stuckSince >= STUCK_MINUTES;
    if (refresh?.status === 'in-progress' && tooLong)
      turn(mix, play, refresh, `launches failed for lack of capacity of ${type.join(', ')}`);
    return;
  }
  mix.stuckSince = undefined;
  const refresh = play.refreshes.of(group.ref);
  const extra = Math.floor((((refresh?.preferences.maxHealthyPercent ?? 110) - 100) / 100) * group.desired);
  const count = Math.min(wanted, Math.max(1, extra));
  mix.batch = { count, arrives: at + group.run.fleet.startup };
}

function bake(group: TwinGroup, mix: Mix, play: RefreshPlay, at: number): void {
  if (at < (mix.standsUntil ?? at)) return;
  if (mix.next) mix.saved = mix.next;
  mix.next = undefined;
  mix.renewed = 0;
  play.refreshes.change(group.ref, { status: 'successful', percent: 100, endedAt: minute(group.start + at) });
}

function turn(mix: Mix, { refreshes }: RefreshPlay, { ref }: KeptRefresh, reason: string): void {
  mix.batch = undefined;
  refreshes.change(ref, { status: 'rolling-back', reason });
}

function goBack(group: TwinGroup, mix: Mix, play: RefreshPlay, at: number): void {
  play.refreshes.change(group.ref, { percent: group.percent });
  if (mix.batch !== undefined) return;
  if (mix.renewed > 0) {
    launch(group, mix, { play, at, wanted: mix.renewed, type: mix.saved.shape.instanceTypes });
    return;
  }
  mix.next = undefined;
  play.refreshes.change(group.ref, { status: 'rolled-back', percent: 0, endedAt: minute(group.start + at) });
}
