import { recentHighest, recentMean } from './window.ts';
import { type PointForecaster, withCalibration } from './with-calibration.ts';

const NOTHING = () => ({});

const level: PointForecaster = {
  name: 'level',
  learn: NOTHING,
  expect: (_lesson, window) => recentMean(window, 3),
};

const peak: PointForecaster = {
  name: 'recent-peak',
  learn: NOTHING,
  expect: (_lesson, window) => recentHighest(window, 15),
};

/** Demand stays where it is: the mean of the newest 3 minutes. */
export const levelForecaster = withCalibration(level);
/** Demand comes back to the highest of the newest 15 minutes. */
export const recentPeakForecaster = withCalibration(peak);
