import { type DemandSeries, seriesEnd, usualIn, withoutAnnounced } from '@evenkeel/core/demand';
import { nameStrategy, type Profile, type Strategy } from '@evenkeel/core/forecast';
import { MINUTES_PER_DAY, type Minute, type Utilisation } from '@evenkeel/core/quantities';
import {
  createWorld,
  type FloorHistory,
  floorsOf,
  holdAgain,
  holdTournament,
  LIVE_PACING,
  NO_PACING,
  type TournamentResult,
  type World,
} from '@evenkeel/core/replay';
import type { ReplayGate } from '@evenkeel/core/savings';
import { lossFactor, seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading } from '../ports/index.ts';
import { canScaleIn } from '../run/can-scale-in.ts';
import { announcedOf } from '../run/expected.ts';
import { loadProfile } from '../run/load-profile.ts';
import { decide, excuse, type Run } from '../run/run.ts';
import { choiceOf } from './choice.ts';
import { type Expect, expectBy } from './expectation.ts';
import { mayChange } from './fleet-pace.ts';

/** What a review learned. */
export interface Learned {
  readonly profile: Profile | undefined;
  /** The target a free choice would take, in percent, where the profile keeps the one that stands (mode approve). */
  readonly proposed: number | undefined;
  /** What a change of strategy would do; absent where the replay cannot be believed (S9). */
  readonly expect?: Expect;
  /** The owner's own target, where a profile was learned. */
  readonly own?: Utilisation;
  /** What the profile's floors would have been on the days of the history. */
  readonly floors?: FloorHistory;
}

const NOTHING: Learned = { profile: undefined, proposed: undefined };

/** Holds the tournament on the history and saves what it learned; the choice goes to the ledger when it changes. */
export async function learn(
  run: Run,
  policy: WorkloadPolicy,
  reading: DemandReading,
  gate: ReplayGate,
): Promise<Learned> {
  const history = await withoutEvents(run, fromFirstValue(reading));
  if (history.values.length < MINUTES_PER_DAY) {
    const facts = { days: 0, minutes: history.values.length };
    excuse(run, { code: 'insufficient-history', bottleneck: 'history', facts });
    return NOTHING;
  }
  if (!canScaleIn(run)) return NOTHING;
  const series = seriesKey(policy);
  const [instanceType] = run.group.shape.instanceTypes;
  const previous = await loadProfile(run.ports, series);
  // What was played in instances of another type cannot be gone on with.
  const sameType = previous?.instanceType === undefined || previous.instanceType === instanceType;
  const ongoing = sameType ? run.settings.tournaments?.get(series) : undefined;
  const { own, strategies, free } = choiceOf(run, policy, gate);
  const input = {
    lossFactor: lossFactor(policy.tier),
    ownTarget: own,
    pacing: run.settings.pacing ? LIVE_PACING : NO_PACING,
  };
  const result = holdTournament({
    ...input,
    history,
    world: worldOf(run, policy, reading.periodMinutes),
    strategies,
    ...(previous === undefined ? {} : { previous }),
    ...(ongoing === undefined ? {} : { ongoing }),
  });
  const { tournament } = result;
  run.settings.tournaments?.set(series, tournament);
  for (const each of result.excuses) excuse(run, each);
  const expect =
    gate.kind === 'does-not-match' ? undefined : expectBy(run, { tournament, lossFactor: input.lossFactor });
  const days = Math.floor(history.values.length / MINUTES_PER_DAY);
  const inUse: Strategy = previous?.strategy ?? { target: own, floors: 'none' };
  const admitted = await mayChange(run, policy, { from: inUse, to: result.profile.strategy });
  // S24: what waits for its turn goes on with the strategy in use, learned anew on the same days.
  const learned = admitted
    ? result.profile
    : holdAgain(tournament, { ...input, strategies: [inUse], pacing: NO_PACING }).profile;
  const profile = { ...learned, ...(instanceType !== undefined && { instanceType }) };
  if (admitted) await tellChoice(run, { result, own, previous, days, expect });
  await run.ports.profiles.save(series, profile);
  const floors = floorsOf(tournament, profile.strategy);
  const proposed =
    free && holdAgain(tournament, { ...input, strategies: free, plan: false }).profile.strategy.target;
  return {
    profile,
    ...(floors && { floors }),
    proposed: proposed === undefined ? undefined : Math.round(proposed * 100),
    own,
    ...(expect && { expect }),
  };
}

/** The rules a replay of this group obeys. */
export function worldOf(
  run: Pick<Run, 'group' | 'record' | 'settings'>,
  policy: WorkloadPolicy,
  metricBlock: 1 | 5,
): World {
  const { group, record, settings } = run;
  const max = Math.min(group.size.max, policy.bounds?.max ?? group.size.max);
  const min = Math.min(policy.bounds?.min ?? record.home.minSize, max);
  return createWorld({
    startup: Math.max(1, Math.max(group.startup ?? 0, group.warmup ?? 0) || settings.defaultStartup),
    metricDelay: settings.metricDelay,
    metricBlock,
    bounds: { min, max },
    sloUtilisation: policy.sloUtilisation,
  });
}

/** The history as it would have been without what was announced: a sale is not the usual. */
async function withoutEvents(run: Run, history: DemandSeries): Promise<DemandSeries> {
  const { expected } = await run.ports.settings.load(run.workload);
  const announced = announcedOf(expected);
  return withoutAnnounced(history, announced, usualIn(history, announced));
}

/** From the first day with a value on: what was before the group's time is no demand of zero. */
function fromFirstValue({ demand, inService }: DemandReading): DemandSeries {
  const first = demand.values.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return { start: seriesEnd(demand), values: new Float64Array(0) };
  return {
    start: (demand.start + first) as Minute,
    values: demand.values.subarray(first),
    inService: inService.subarray(first),
  };
}

async function tellChoice(
  run: Run,
  told: {
    readonly result: TournamentResult;
    readonly own: Utilisation;
    readonly previous: Profile | undefined;
    readonly days: number;
    readonly expect: Expect | undefined;
  },
): Promise<void> {
  const { result, own, previous, days, expect } = told;
  const { chosen, runnerUp } = result;
  const owners: Strategy = { target: own, floors: 'none' };
  const ownName = nameStrategy(owners);
  const inUse = previous?.strategy ?? owners;
  const from = nameStrategy(inUse);
  const to = nameStrategy(result.profile.strategy);
  if (chosen === undefined) return;
  if (tellFooting(run, result, { from, to, before: previous })) return;
  const ownCost = result.own?.cost ?? chosen.cost;
  const relative = (cost: number) => Number((cost / ownCost).toFixed(4));
  if (to === ownName) {
    const facts = { strategy: to, cost: relative(chosen.cost), days };
    excuse(run, { code: 'no-better-strategy', bottleneck: 'demand', facts });
  }
  if (previous !== undefined && from === to) return;
  const expected = await expect?.(inUse, result.profile.strategy);
  decide(
    run,
    {
      kind: 'strategy',
      from,
      to,
      score: relative(chosen.cost),
      runnerUp: { strategy: runnerUp?.name ?? ownName, score: relative((runnerUp ?? chosen).cost) },
      ownerScore: relative(ownCost),
      historyDays: days,
      ...(expected && { expected }),
    },
    { kind: 'applied' },
  );
}

/** A forecast that was wrong for a day, and one that is right again, are told as what they are; true where one was. */
function tellFooting(
  run: Run,
  { profile, measured }: TournamentResult,
  change: { readonly from: string; readonly to: string; readonly before: Profile | undefined },
): boolean {
  const { from, to, before } = change;
  if (before === undefined || before.footing === profile.footing || measured === undefined) return false;
  const numbers = { coverage: measured.coverage, intended: measured.intended, from, to };
  if (profile.footing === 'lost') {
    decide(run, { kind: 'footing-lost', hours: 24, ...numbers }, { kind: 'applied' });
  } else {
    decide(run, { kind: 'footing-regained', ...numbers }, { kind: 'applied' });
  }
  return true;
}
