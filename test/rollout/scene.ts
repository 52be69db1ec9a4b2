import type { Profile } from '@evenkeel/core/forecast';
import { type Minute, minute, startOf } from '@evenkeel/core/quantities';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import { reviewAll, tickAll } from '@evenkeel/engine';
import {
  createPacedSteps,
  DEFAULT_ROLLOUT_SETTINGS,
  type Journal,
  type RolloutEnd,
  type RolloutSettings,
  rollout,
  type StepHook,
  settleRollouts,
} from '@evenkeel/engine/rollout';
import { createRegion, daily, type Region, type TwinGroupOptions } from '@evenkeel/twin';

export const START = minute(20_000 * 1440);
const DAYS = 20;
const HISTORY_DAYS = 2;

export interface SceneOptions {
  /** Capacity of a new instance in old ones, as it really is. */
  readonly real?: number;
  readonly promised?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly group?: Partial<TwinGroupOptions>;
  readonly plan?: Partial<RolloutPlan>;
  readonly settings?: Partial<RolloutSettings>;
  /** Days it has lived before. Default 2. */
  readonly history?: number;
}

export const OLD = 'm6i.large';
export const NEW = 'm6g.large';

/** A group of about twenty instances that has lived two days with Evenkeel, and a plan to move it to another type. */
export async function makeScene(options: SceneOptions = {}) {
  const { real = 1.1, promised = 1.1, tags = {}, settings = {}, history = HISTORY_DAYS } = options;
  const region = createRegion({
    start: START,
    end: minute(START + DAYS * 1440),
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:mode': 'auto', ...tags },
        demand: daily({ low: 8, high: 12, peakHour: 14 }),
        size: { min: 4, max: 80 },
        shape: { instanceTypes: [OLD], spotShare: 0, templateVersion: 'number' },
        capacities: { [NEW]: real },
        ...options.group,
      },
    ],
  });
  const ref = region.refs()[0]!;
  const clock = () => startOf(region.now());
  const paced = createPacedSteps(clock);
  const beat = () => region.ports.guardAlarms.beat(region.now());
  region.advance(history * 1440 + 5);
  beat();
  await learn(region, options.group === undefined && history === HISTORY_DAYS);
  await tickAll(region.ports, clock());
  const plan: RolloutPlan = { ...planFor(region, promised), ...options.plan };
  const rolloutSettings: RolloutSettings = {
    ...DEFAULT_ROLLOUT_SETTINGS,
    // Cross-family moves need approval unless somebody stated the prices (S23).
    prices: { stated: ['m6i', 'm6g'], committed: {} },
    ...settings,
  };
  const journal: Journal = new Map();
  const ends: RolloutEnd[] = [];
  const begin = (after?: StepHook, on: Journal = journal, execution = 'one') =>
    paced.begin(async () => {
      const deps = {
        ports: region.ports,
        steps: paced.steps(on, after),
        now: clock,
        settings: rolloutSettings,
        execution,
      };
      ends.push(await rollout({ plan, ref }, deps));
    });
  let alive = true;
  return {
    region,
    ref,
    plan,
    settings: rolloutSettings,
    journal,
    ends,
    failures: paced.failures,
    begin,
    /** Evenkeel as a whole stops: no ticks, no sign of life. */
    die: () => {
      alive = false;
    },
    revive: () => {
      alive = true;
    },
    settle: () => settleRollouts(region.ports, clock(), { settings: rolloutSettings }),
    /** Lives on: the region plays each minute, then workflows whose wait is over, then the tick every five. */
    async live(minutes: number, onMinute?: (at: Minute) => void) {
      for (let i = 0; i < minutes; i++) {
        region.advance(1);
        onMinute?.(region.now());
        await paced.pump();
        if (!alive || region.now() % 5 !== 0) continue;
        beat();
        await tickAll(region.ports, clock());
      }
    },
    types: async () => (await region.ports.groups.read(ref))?.shape.instanceTypes ?? [],
    mixed: () => region.group(ref).mix?.renewed ?? 0,
    refresh: () => region.ports.refreshes.of(ref),
    entries: (kind: string) => region.ports.ledger.all().filter((entry) => entry.decision?.kind === kind),
    excuses: () =>
      region.ports.ledger
        .all()
        .filter(({ id }) => id.startsWith('rollout/'))
        .flatMap((entry) => entry.excuses.map(({ code }) => code)),
  };
}

export type RolloutScene = Awaited<ReturnType<typeof makeScene>>;

function planFor(region: Region, promised: number): RolloutPlan {
  const ref = region.refs()[0]!;
  const { inService, visible } = region.history(ref);
  const day = visible.subarray(visible.length - 1440);
  const demand = day.reduce((sum, value) => sum + value, 0) / day.length;
  const mean = inService.subarray(inService.length - 1440).reduce((sum, value) => sum + value, 0) / 1440;
  return {
    id: 'review/web/shape',
    workload: 'shop',
    tier: 1,
    from: { types: [OLD], count: mean },
    to: { types: [NEW], count: mean / promised },
    vcpus: { old: 2, fresh: 2 },
    usdPerInstanceHour: { old: 0.096, fresh: 0.077 },
    promisedFactor: promised,
    expected: {
      dollarsPerMonth: { before: mean * 0.096 * 730, after: (mean / promised) * 0.077 * 730 },
      priceBasis: 'list',
    },
    basis: { at: region.now(), size: mean, demand, template: 'lt-web:1' },
  };
}

/** Lives until the rollout's own work is over, the day of verification aside. */
export async function untilEnded(scene: RolloutScene, most = 1440): Promise<void> {
  for (let i = 0; i < most && scene.ends.length === 0; i += 30) await scene.live(30);
}

export async function untilRefresh(scene: RolloutScene): Promise<void> {
  for (let i = 0; i < 60 && scene.refresh() === undefined; i++) await scene.live(1);
}

/** What the canary's verdict was, and why the rollout went back; undefined where there was none. */
export function verdictOf(scene: RolloutScene) {
  const decision = scene.entries('canary-verdict')[0]?.decision;
  return decision?.kind === 'canary-verdict' ? decision.verdict : undefined;
}

export function reasonOf(scene: RolloutScene) {
  const decision = scene.entries('shape-rolled-back')[0]?.decision;
  return decision?.kind === 'shape-rolled-back' ? decision.reason : undefined;
}

/** Nothing that was made for the rollout stands any more. */
export async function isTidy({ region }: RolloutScene): Promise<boolean> {
  const { ports } = region;
  const holds = await ports.holds.inForce({ workload: 'shop', at: region.now() });
  return ports.guardAlarms.standing().length === 0 && holds.length === 0;
}

let learned: Profile | undefined;

/** The night's review; the plain group's is the same every time, so it is held once. */
async function learn(region: Region, isPlain: boolean): Promise<void> {
  const { profiles } = region.ports;
  if (isPlain && learned) return profiles.save('shop', learned);
  await reviewAll(region.ports, startOf(region.now()));
  if (isPlain) learned = await profiles.load('shop');
}
