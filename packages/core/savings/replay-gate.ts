import type { Excuse } from '../explain/excuse.ts';
import { MINUTES_PER_DAY } from '../quantities.ts';
import type { DayFigures, Figures } from './day-figures.ts';

/** S9: by how much the replay may differ from what was measured. */
const CAPACITY_TOLERANCE = 0.1;
const HOT_TOLERANCE = 0.2;
const HOT_MINUTES_A_DAY = 5;
/** The gate looks at this many days. */
export const GATE_DAYS = 14;

/** Whether the replay can be believed for this group; `error` is the share by which mean capacity is off. */
export type ReplayGate =
  | { readonly kind: 'matches'; readonly error: number }
  | { readonly kind: 'does-not-match'; readonly error: number; readonly excuse: Excuse }
  | { readonly kind: 'not-measured' };

/**
 * S9: mean capacity off by more than 10 %, or hot minutes by more than 20 % and more than 5 a day: the replay does not match, and
 * neither target nor shape may be built on it.
 */
export function replayGate(days: readonly DayFigures[]): ReplayGate {
  const minutes = days.reduce((sum, day) => sum + day.minutes, 0);
  if (minutes === 0) return { kind: 'not-measured' };
  const measured = totals(days.map((day) => day.measured));
  const replayed = totals(days.map((day) => day.replayed));
  const error = replayed.capacity / measured.capacity - 1;
  const differs = (bottleneck: string, facts: Excuse['facts']): ReplayGate => ({
    kind: 'does-not-match',
    error,
    excuse: { code: 'replay-does-not-match', bottleneck, facts },
  });
  if (Math.abs(error) > CAPACITY_TOLERANCE) {
    const mean = (figures: Figures) => Number((figures.capacity / minutes).toFixed(2));
    return differs('mean capacity', { replayed: mean(replayed), measured: mean(measured) });
  }
  const hotOff = Math.abs(replayed.hotMinutes - measured.hotMinutes);
  const aDay = hotOff / (minutes / MINUTES_PER_DAY);
  if (hotOff > HOT_TOLERANCE * measured.hotMinutes && aDay > HOT_MINUTES_A_DAY) {
    return differs('hot minutes', { replayed: replayed.hotMinutes, measured: measured.hotMinutes });
  }
  return { kind: 'matches', error };
}

function totals(all: readonly Figures[]): Figures {
  return all.reduce(
    (sum, each) => ({
      capacity: sum.capacity + each.capacity,
      hotMinutes: sum.hotMinutes + each.hotMinutes,
    }),
    { capacity: 0, hotMinutes: 0 },
  );
}
