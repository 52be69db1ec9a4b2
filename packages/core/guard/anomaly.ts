import type { Excuse } from '../explain/excuse.ts';

/** Signs that falling demand is not good news; a field is absent where the group has no such metric. */
export interface GuardSignals {
  /** Share of requests that failed, 0 … 1. */
  readonly errorShare?: number;
  readonly latencySeconds?: number;
  readonly unhealthyHosts?: number;
}

// A signal counts as risen when it is both high in itself and well above its usual value.
const HIGH_ERROR_SHARE = 0.02;
const HIGH_UNHEALTHY = 1;
const RISE = 2;
/** Weight of a new reading in the usual value. */
const LEARNING = 0.1;

/** S6: demand falls while errors, latency or unhealthy hosts rise. The excuse names the first of them; undefined where none rises. */
export function anomalyOf(signals: GuardSignals, usual: GuardSignals): Excuse | undefined {
  const rises: readonly (readonly [string, number | undefined, number | undefined, number])[] = [
    ['errors', signals.errorShare, usual.errorShare, HIGH_ERROR_SHARE],
    ['unhealthy hosts', signals.unhealthyHosts, usual.unhealthyHosts, HIGH_UNHEALTHY],
    // Latency has no figure that is high for every workload: it needs a usual value to rise from.
    [
      'latency',
      signals.latencySeconds,
      usual.latencySeconds,
      usual.latencySeconds === undefined ? Infinity : 0,
    ],
  ];
  for (const [bottleneck, value, before, high] of rises) {
    if (value === undefined || value < high || value === 0) continue;
    if (before !== undefined && value < RISE * before) continue;
    return { code: 'anomaly', bottleneck, facts: { value, usual: before ?? 'not known' } };
  }
  return undefined;
}

/** The usual value of each signal, moved a little towards a reading taken while nothing was wrong. */
export function learnUsual(usual: GuardSignals, reading: GuardSignals): GuardSignals {
  const learned: Record<string, number> = {};
  for (const key of ['errorShare', 'latencySeconds', 'unhealthyHosts'] as const) {
    const [before, value] = [usual[key], reading[key]];
    if (value === undefined) continue;
    learned[key] = before === undefined ? value : before + LEARNING * (value - before);
  }
  return learned;
}
