import { newestOf, type Window } from './window.ts';
import { withCalibration } from './with-calibration.ts';

const SPAN = 10;
/** A falling trend is followed down to this share of the present level at most. */
const LOWEST = 0.7;

/** Demand goes on as in the newest 10 minutes, to the end of the lead. */
export const trendForecaster = withCalibration({
  name: 'trend',
  learn: () => ({}),
  expect: (_lesson, window) => {
    const { values, end } = window;
    if (end === 0) return 0;
    const now = values[end - 1]!;
    const slope = (now - values[Math.max(0, end - 1 - SPAN)]!) / SPAN;
    return Math.max(LOWEST * now, now + Math.max(0, slope) * ahead(window));
  },
});

/** Minutes from the newest value to the end of the lead. */
function ahead(window: Window): number {
  return window.now + window.lead - newestOf(window);
}
