import { DAYS_PER_MONTH, MINUTES_PER_DAY, type Minutes } from '../quantities.ts';
import type { Tier } from '../workload/tier.ts';
import type { PricedEntry } from './candidate.ts';
import type { SpotMarket } from './instance-type.ts';
import type { PriceOf } from './rank-shapes.ts';
import type { ShapeHistory } from './shape-history.ts';

const MINUTES_PER_MONTH = DAYS_PER_MONTH * MINUTES_PER_DAY;

/** What surplus CPU credits cost in unlimited mode, USD per vCPU-hour, Linux: T3 and T3a; T4g is 0.04 [EC2 on-demand price page]. */
const SURPLUS_USD_PER_VCPU_HOUR = { x86_64: 0.05, arm64: 0.04 } as const;

/** Spot is never more of a group than this, by tier, whatever the tag says: what is most critical does not run on what may be taken away. */
const MOST_SPOT: Readonly<Record<Tier, number>> = { 0: 0, 1: 0.5, 2: 0.8, 3: 1 };

/** Share of the group that is bought as Spot: the tag's where there is one, else as the group has it; never above what the tier allows. */
export function spotShareOf(tier: Tier, wanted: number): number {
  return Math.min(MOST_SPOT[tier], Math.max(0, wanted));
}

/** How an instance is bought. */
export interface Purchase {
  /** 0 … 1. */
  readonly spotShare: number;
  readonly lossFactor: number;
  /** How long the group is short of an interrupted instance: from its end until the next one serves. */
  readonly startup: Minutes;
}

/**
 * What one instance of a type costs an hour, USD: on-demand and Spot by their shares. A Spot instance costs its discounted price and what its
 * interruptions lose: as often a month as the market's band says at worst, each time `startup` minutes of one instance, times the loss factor.
 * A type without a Spot figure counts as bought on demand.
 */
export function usdPerInstanceHour({ price, spot }: PricedEntry, purchase: Purchase): number {
  const onDemand = price.usdPerHour;
  if (!spot || purchase.spotShare <= 0) return onDemand;
  const lost = (interruptionsPerMonth(spot) * purchase.startup * purchase.lossFactor) / MINUTES_PER_MONTH;
  const spotPrice = onDemand * (1 - spot.discount) * (1 + lost);
  return onDemand + purchase.spotShare * (Math.min(spotPrice, onDemand) - onDemand);
}

/** The worst the band says; a market nobody has a band for counts as the worst band. */
function interruptionsPerMonth(spot: SpotMarket): number {
  return spot.interrupted?.to ?? WORST_BAND;
}
const WORST_BAND = 0.3;

/**
 * Surplus CPU credits of a T type an hour, USD per instance: what the mean load takes above the baseline, at the price of unlimited mode; 0 for
 * every other type.
 * @param meanCpu mean of the group's load in vCPUs of m5 performance
 */
export function surplusUsdPerHour({ type }: PricedEntry, count: number, meanCpu: number): number {
  if (!type.burstable) return 0;
  const busyVcpus = Math.min(type.vcpus, meanCpu / count / (type.performance?.factor ?? 1));
  const surplus = Math.max(0, busyVcpus - type.vcpus * type.burstable.baselineShare);
  return surplus * SURPLUS_USD_PER_VCPU_HOUR[type.architectures.includes('arm64') ? 'arm64' : 'x86_64'];
}

/** The whole price of an instance as a group buys it: on-demand and Spot by share, and what its mean load takes in surplus credits. */
export function instancePrice(purchase: Purchase, history: ShapeHistory): PriceOf {
  const meanCpu = history.cpu.reduce((sum, value) => sum + value, 0) / history.cpu.length;
  return (entry, count) => usdPerInstanceHour(entry, purchase) + surplusUsdPerHour(entry, count, meanCpu);
}
