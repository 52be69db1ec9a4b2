/** Demand whose past stops telling its future: growth, steps, launches, outages. */
import { bump, consumerDay, DAY, type DrawDemand, eachDay, hourOf, isWorkday, noisy } from '../demand.ts';
import { normal } from '../random.ts';

/** Three times as much after 40 days. */
export const growth = noisy({ sd: 0.05, memory: 0.8, unit: 10 }, () => (minute) => {
  return consumerDay(minute) * 3 ** (minute / DAY / 40);
});

/** Three tenths of it left after 42 days. */
export const decline = noisy({ sd: 0.05, memory: 0.8, unit: 100 }, () => (minute) => {
  return consumerDay(minute) * 0.3 ** (minute / DAY / 42);
});

/** From one minute to the next 1.9 times as much, for good. */
export const levelUp = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, () => (minute) => {
  return consumerDay(minute) * (minute > 24.4 * DAY ? 1.9 : 1);
});

/** From one minute to the next less than half, for good. */
export const levelDown = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, () => (minute) => {
  return consumerDay(minute) * (minute > 22.6 * DAY ? 0.45 : 1);
});

/** A shop with one day of sale: a rush at midnight, a long day, three days of aftermath. */
export const saleDay = noisy({ sd: 0.04, memory: 0.8, unit: 100 }, () => (minute) => {
  const usual = consumerDay(minute) * (isWorkday(minute) ? 1 : 1.15);
  return usual * saleFactor(minute);
});

function saleFactor(minute: number): number {
  const days = minute / DAY;
  if (days >= 27 && days < 30) return 1.1;
  if (days >= 30 && days < 31) return hourOf(minute) < 0.5 ? 5.2 : 2.6;
  return days >= 31 && days < 34 ? 1.5 : 1;
}

/** A game that comes out on day 21, fifteen times the demand before, and is played less every week. */
export const gameLaunch = noisy({ sd: 0.04, memory: 0.8, unit: 100 }, () => (minute) => {
  const days = minute / DAY;
  const level = 0.15 + (days > 21 ? 2.2 * Math.exp(-(days - 21) / 6) : 0);
  return consumerDay(minute) * level;
});

/** Two hours of nothing, twice, each followed by eighty minutes of clients that try again. */
export const outageHole = noisy({ sd: 0.05, memory: 0.9, unit: 100 }, () => (minute) => {
  const factors = [20.55, 28.3].map((day) => outageFactor(minute - day * DAY));
  return factors.reduce((demand, factor) => demand * factor, consumerDay(minute));
});

function outageFactor(since: number): number {
  if (since < 0 || since >= 200) return 1;
  return since < 120 ? 0 : 1 + 1.2 * Math.exp(-(since - 120) / 25);
}

/** Two kinds of day, one by day and one by night, which change places about every eight days. */
export const regimes = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, (random) => {
  let byDay = true;
  const isByDay = eachDay(() => {
    if (random() < 0.12) byDay = !byDay;
    return byDay;
  });
  return (minute) => (isByDay(minute) ? consumerDay(minute) : 0.2 + 0.9 * bump(hourOf(minute), 4, 3));
});

/** No day, no week: the logarithm walks at random, drawn back slowly. */
export const randomWalk: DrawDemand = (random) => {
  let walked = 0;
  return () => {
    walked = 0.9992 * walked + 0.025 * normal(random);
    return 50 * Math.exp(walked);
  };
};
