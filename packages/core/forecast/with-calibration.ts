import { quantileInPlace } from '../demand/quantile.ts';
import { TICKS_PER_DAY } from '../quantities.ts';
import { type Forecaster, type Lesson, type Past, QUANTILES } from './forecaster.ts';
import type { Window } from './window.ts';

/** A point forecast of the highest demand within the lead. */
export interface PointForecaster {
  readonly name: string;
  readonly learn: (past: Past) => Lesson;
  readonly expect: (lesson: Lesson, window: Window) => number;
}

const DAYS = 14;
/** Demand below this (capacity units) counts as this: ratios of tiny numbers say nothing. */
const FAINT = 0.05;

/**
 * Makes a point forecast a quantile forecast by split conformal calibration: its quantile q is the expectation times the
 * quantile q of what came / what it expected at the ticks of its own last 14 days. Coverage then holds without any
 * assumption on the shape of errors, as far as the days ahead are like those. (Vovk, Gammerman, Shafer: Algorithmic
 * Learning in a Random World, 2005; Romano, Patterson, Candès: Conformalized Quantile Regression, 2019.)
 */
export function withCalibration(point: PointForecaster): Forecaster {
  return {
    name: point.name,
    learn: (past) => ({ ...point.learn(past), margins: margins(past) }),
    forecast: (lesson, window, out) => {
      const centre = Math.max(FAINT, point.expect(lesson, window));
      const factors = lesson.margins!;
      for (let k = 0; k < QUANTILES.length; k++) out[k] = centre * (factors[k] ?? 1);
      return centre;
    },
  };
}

/** Quantiles of came / expected over the last days; all 1 before there are any. */
function margins(past: Past): readonly number[] {
  const ratios = new Float64Array(Math.min(DAYS, past.days) * TICKS_PER_DAY);
  let count = 0;
  for (let tick = Math.max(0, past.days - DAYS) * TICKS_PER_DAY; tick < past.days * TICKS_PER_DAY; tick++) {
    const ratio = Math.max(FAINT, past.came[tick]!) / past.centres[tick]!;
    if (!Number.isNaN(ratio)) ratios[count++] = ratio;
  }
  return QUANTILES.map((q) => (count > 0 ? quantileInPlace(ratios, count, q) : 1));
}
