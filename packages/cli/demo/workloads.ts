import { MINUTES_PER_HOUR } from '@evenkeel/core/quantities';
import {
  batch,
  chance,
  type DemandShape,
  daily,
  flashCrowd,
  growth,
  noise,
  product,
  steady,
  sum,
  weekly,
} from '@evenkeel/twin';
import { HISTORY_BEGINS } from './calendar.ts';
import { CROWD_BEGINS } from './scenes.ts';
import type { DemoWorkload } from './workload.ts';

const OFFICE_WEEK = weekly([1, 1.02, 1.02, 1, 0.95, 0.5, 0.45]);
const SHOPPING_WEEK = weekly([0.9, 0.9, 0.95, 1, 1.1, 1.2, 1.15]);

/** The six of the demo: different tiers, shapes and start-up times, and one that nothing can be done for. */
export function demoWorkloads(seed: number): readonly DemoWorkload[] {
  const rough = (name: string, sd: number, correlation: number): DemandShape =>
    noise({ chance: chance(seed, name), sd, correlation });
  return [
    {
      name: 'checkout',
      tier: 0,
      about: 'takes the money: evening peaks, and a flash sale at six that fills it within a minute',
      instanceType: 'c7g.xlarge',
      dollarsPerHour: 0.145,
      startup: 4,
      size: { min: 4, max: 100 },
      demand: product(
        sum(
          daily({ low: 3, high: 20, peakHour: 18, sharpness: 2 }),
          batch({ units: 16, startHour: 18, duration: 45 }),
        ),
        SHOPPING_WEEK,
        rough('checkout', 0.06, 0.8),
      ),
    },
    {
      name: 'storefront',
      tier: 1,
      about: 'the shop window: a daily wave, and in the second week a crowd that nobody announced',
      instanceType: 'm7g.large',
      dollarsPerHour: 0.0816,
      startup: 3,
      size: { min: 4, max: 150 },
      demand: product(
        sum(
          daily({ low: 6, high: 30, peakHour: 19 }),
          flashCrowd({ at: CROWD_BEGINS, height: 45, rise: 12, halfLife: 40 }),
        ),
        SHOPPING_WEEK,
        rough('storefront', 0.05, 0.7),
      ),
    },
    {
      name: 'search',
      tier: 1,
      about: 'slow to start (10 minutes); the offices open at eight, and it grows 4 % a week',
      instanceType: 'r7g.large',
      dollarsPerHour: 0.1071,
      startup: 10,
      size: { min: 3, max: 80 },
      demand: product(
        sum(daily({ low: 2, high: 8, peakHour: 13 }), batch({ units: 12, startHour: 8, duration: 600 })),
        OFFICE_WEEK,
        growth(0.04, HISTORY_BEGINS),
        rough('search', 0.05, 0.8),
      ),
    },
    {
      name: 'reports',
      tier: 2,
      about: 'batch by the clock: every night at two, and a small burst on the hour',
      instanceType: 'c7i.xlarge',
      dollarsPerHour: 0.1785,
      startup: 3,
      size: { min: 2, max: 60 },
      demand: product(
        sum(
          steady(2),
          batch({ units: 22, startHour: 2, duration: 150 }),
          batch({ units: 4, startHour: 0, duration: 12, every: MINUTES_PER_HOUR }),
        ),
        rough('reports', 0.04, 0.5),
      ),
    },
    {
      name: 'thumbnails',
      tier: 3,
      about: 'makes pictures smaller: may wait, noisy all day',
      instanceType: 'c7g.large',
      dollarsPerHour: 0.0725,
      startup: 3,
      size: { min: 2, max: 80 },
      demand: product(daily({ low: 8, high: 22, peakHour: 20 }), rough('thumbnails', 0.2, 0.9)),
    },
    {
      name: 'licences',
      tier: 2,
      about: 'a licence server that is hardly ever busy, at its minimum of two day and night',
      instanceType: 'm7i.large',
      dollarsPerHour: 0.1008,
      startup: 3,
      size: { min: 2, max: 6 },
      demand: product(steady(0.5), rough('licences', 0.08, 0.5)),
    },
  ];
}
