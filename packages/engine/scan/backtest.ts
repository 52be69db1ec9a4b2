import type { Excuse } from '@evenkeel/core/explain';
import { nameStrategy } from '@evenkeel/core/forecast';
import { DAYS_PER_MONTH, MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute } from '@evenkeel/core/quantities';
import {
  createWorld,
  evenkeel,
  LIVE_PACING,
  oracleBill,
  type Run,
  replay,
  score,
  strategiesBeside,
  tally,
  track,
  type World,
} from '@evenkeel/core/replay';
import { type DayFigures, figuresOfDay, type ReplayGate, replayGate } from '@evenkeel/core/savings';
import { lossFactor, parsePolicy, type Tier } from '@evenkeel/core/workload';
import type { GroupSnapshot, Home, TargetTrackingPolicy } from '../ports/index.ts';
import type { EngineSettings } from '../run/settings.ts';
import { HIGHEST_COARSE_TARGET } from '../target/decide-target.ts';
import type { Backtest, Night, ScanFigures } from './group-scan.ts';
import type { ScanHistory } from './scan-history.ts';

/** Days that are learned from only, where there are so many more to score: as long as a live group's target is left alone (S10). */
const MOST_LEARNED_DAYS = LIVE_PACING.daysForTarget;
const FEWEST_SCORED_DAYS = 4;

export interface BacktestInput {
  readonly group: GroupSnapshot;
  /** The owner's own configuration where Evenkeel remembers it; else what stands counts. */
  readonly home: Home | undefined;
  /** Since when Evenkeel may have changed the group: what was measured from then on is not the owner's configuration. */
  readonly steeredSince: Minute | undefined;
  readonly sloUtilisation: number;
  readonly policy: TargetTrackingPolicy;
  readonly tier: Tier;
  readonly history: ScanHistory;
  readonly usdPerHour: number | undefined;
  readonly settings: EngineSettings;
  readonly onProgress: (share: number) => void;
}

/**
 * Plays the owner's configuration and Evenkeel over the same demand, in one go from the first day on. Evenkeel's reviews look at the days before
 * each night only and obey the rules of a live group (S7, S8, S10). The first 14 days are not counted; of a shorter history, its first half.
 */
export function backtest(input: BacktestInput): {
  readonly backtest: Backtest;
  readonly excuses: readonly Excuse[];
} {
  const { history, policy, home, tier, sloUtilisation, settings, onProgress } = input;
  const { demand, days } = history;
  const world = worldOf(input);
  const isLong = days >= MOST_LEARNED_DAYS + FEWEST_SCORED_DAYS;
  const learnedDays = isLong ? MOST_LEARNED_DAYS : Math.floor(days / 2);
  const ownTarget = (home?.policy ?? policy).target / 100;
  const coarse = history.periodMinutes === 5 && sloUtilisation > HIGHEST_COARSE_TARGET / 100;
  const nights: Night[] = [];
  const steered = evenkeel({
    world,
    lossFactor: lossFactor(tier),
    days,
    ownTarget,
    strategies: strategiesBeside(ownTarget, coarse ? HIGHEST_COARSE_TARGET / 100 : sloUtilisation),
    ...(settings.pacing && { pacing: LIVE_PACING }),
    onReview: (profile, minute) => {
      onProgress(minute / demand.length);
      const strategy = nameStrategy(profile.strategy);
      if (strategy !== nights.at(-1)?.strategy)
        nights.push({ from: (history.start + minute) as Minute, strategy });
    },
  });
  const owner = replay({ demand, world, policy: track(ownTarget) });
  const ours = replay({ demand, world, policy: steered });
  const first = learnedDays * MINUTES_PER_DAY;
  const figures = (run: Run): ScanFigures =>
    figuresOf(run, demand, { first, tier, usdPerHour: input.usdPerHour });
  const facts = { periodMinutes: 5, highestTarget: HIGHEST_COARSE_TARGET };
  const gate = gateOf(input, owner, first);
  return {
    backtest: {
      learnedDays,
      scoredDays: days - learnedDays,
      from: (history.start + first) as Minute,
      until: (history.start + demand.length) as Minute,
      ownTarget: ownTarget * 100,
      owner: figures(owner),
      evenkeel: figures(ours),
      nights,
      gate,
      picture: {
        start: (history.start + first) as Minute,
        need: demand.slice(first).map((value) => value / sloUtilisation),
        owner: Float64Array.from(owner.inService.subarray(first, demand.length)),
        evenkeel: Float64Array.from(ours.inService.subarray(first, demand.length)),
      },
    },
    excuses: [
      ...(coarse ? [{ code: 'coarse-metrics', bottleneck: 'detailed monitoring', facts } as const] : []),
      ...(gate.kind === 'does-not-match' ? [gate.excuse] : []),
      ...(isLong ? [] : [tooShort(days)]),
    ],
  };
}

function tooShort(days: number): Excuse {
  const { daysForFloors: forFloors, daysForTarget: forTarget } = LIVE_PACING;
  return { code: 'insufficient-history', bottleneck: 'history', facts: { days, forFloors, forTarget } };
}

function worldOf({ group, home, history, sloUtilisation, settings }: BacktestInput): World {
  const parsed = parsePolicy(group.tags);
  const bounds = parsed.ok ? parsed.policy.bounds : undefined;
  const max = Math.min(group.size.max, bounds?.max ?? group.size.max);
  return createWorld({
    startup: Math.max(1, Math.max(group.startup ?? 0, group.warmup ?? 0) || settings.defaultStartup),
    metricDelay: settings.metricDelay,
    metricBlock: history.periodMinutes,
    bounds: { min: Math.min(max, bounds?.min ?? home?.minSize ?? group.size.min), max },
    sloUtilisation,
  });
}

function figuresOf(
  run: Run,
  demand: Float64Array,
  {
    first,
    tier,
    usdPerHour,
  }: { readonly first: number; readonly tier: Tier; readonly usdPerHour: number | undefined },
): ScanFigures {
  const sums = tally(run, demand, first, demand.length);
  const days = sums.minutes / MINUTES_PER_DAY;
  const instanceHoursPerDay = sums.billed / MINUTES_PER_HOUR / days;
  const scored = score(sums, oracleBill(run.world, demand, first, demand.length), lossFactor(tier));
  return {
    instanceHoursPerDay,
    ...(usdPerHour !== undefined && { dollarsPerMonth: instanceHoursPerDay * usdPerHour * DAYS_PER_MONTH }),
    hotMinutesPerDay: sums.hotMinutes / days,
    missingPerDay: sums.shortage / days,
    launchesPerDay: scored.launchesPerDay,
    riskAdjustedCost: scored.riskAdjustedCost,
  };
}

/** S9: the owner's configuration as replayed against what was measured, on the scored days on which it was in force. */
function gateOf(
  { history, steeredSince, sloUtilisation }: BacktestInput,
  owner: Run,
  first: number,
): ReplayGate {
  const { demand, inService, start } = history;
  const days: DayFigures[] = [];
  for (let from = first; from < inService.length; from += MINUTES_PER_DAY) {
    if (steeredSince !== undefined && start + from + MINUTES_PER_DAY > steeredSince) break;
    const day = { demand, inService, sloUtilisation, from, to: from + MINUTES_PER_DAY };
    const runs = { replayed: owner.inService, owner: owner.inService };
    days.push(figuresOfDay((start + from) as Minute, day, runs));
  }
  return replayGate(days);
}
