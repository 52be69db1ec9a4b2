/** Demand whose bursts no calendar tells. */
import {
  bump,
  consumerDay,
  DAY,
  type DrawDemand,
  dayOf,
  eachDay,
  hourOf,
  noisy,
  sigmoid,
  withCrowds,
} from '../demand.ts';
import { autoregressive, normal } from '../random.ts';

/** Sixteen crowds in seven weeks, most of them small, a few several times the day. */
export const flashCrowds = noisy({ sd: 0.06, memory: 0.7, unit: 100 }, (random) => {
  const crowds = Array.from({ length: 16 }, () => ({
    at: random() * 49 * DAY,
    size: 0.6 + 4 * random() ** 2.5,
    fade: 15 + random() * 90,
    rise: 2 + random() * 8,
  }));
  return (minute) => withCrowds(consumerDay(minute), minute, crowds);
});

/** A level and noise that is nearly white: nothing to learn but its width. */
export const flatNoise = noisy({ sd: 0.1, memory: 0.3 }, () => () => 50);

/** Noise of a heavy tail (log-normal) that drowns the day under it. */
export const heavyTail: DrawDemand = (random) => {
  const noise = autoregressive(random, { sd: 0.55, memory: 0.5 });
  return (minute) => 20 * Math.exp(noise()) * (0.8 + 0.3 * consumerDay(minute));
};

/** On and off, each for a time drawn anew: an hour or two, at least twenty minutes. */
export const squareRandom = noisy({ sd: 0.03, memory: 0.5 }, (random) => {
  let left = 0;
  let isOn = false;
  return () => {
    if (left-- <= 0) {
      isOn = !isOn;
      left = 20 + Math.floor(-Math.log(1 - random()) * (isOn ? 70 : 110));
    }
    return isOn ? 100 : 25;
  };
});

/** Nothing most of the time; short runs of work, likelier in the afternoon. */
export const mostlyIdle: DrawDemand = (random) => {
  let left = 0;
  let size = 0;
  const drawRun = (minute: number): void => {
    size = 0;
    if (random() >= bump(hourOf(minute), 14, 4) * 0.03 + 0.003) return;
    left = 3 + Math.floor(random() * 25);
    size = 20 + 80 * random();
  };
  return (minute) => {
    if (left-- <= 0) drawRun(minute);
    return size > 0 ? size * (1 + 0.05 * normal(random)) : 0;
  };
};

/** A service that hardly needs a machine, and every ninth day, for three hours, thirty times as much. */
export const tinyMostly: DrawDemand = (random) => {
  const noise = autoregressive(random, { sd: 0.2, memory: 0.5 });
  return (minute) => {
    const isBig = dayOf(minute) % 9 === 4 && hourOf(minute) > 10 && hourOf(minute) < 13;
    return (isBig ? 100 : 2.2 + 1.5 * consumerDay(minute)) * (1 + noise() * (isBig ? 0.3 : 1));
  };
};

/** How likely a match is, Monday to Sunday. */
const MATCH_CHANCE = [0.1, 0.2, 0.6, 0.2, 0.1, 0.9, 0.7] as const;

/** Live sports: on some evenings a match of two hours, likelier at weekends, its size and hour drawn. */
export const events = noisy({ sd: 0.04, memory: 0.7, unit: 100 }, (random) => {
  const matchOf = eachDay((day) => ({
    size: random() < MATCH_CHANCE[day % 7]! ? 0.8 + 1.2 * random() : 0,
    at: 18 + Math.floor(random() * 5) / 2,
  }));
  return (minute) => {
    const { size, at } = matchOf(minute);
    const hour = hourOf(minute);
    const viewers = size * sigmoid((hour - at) * 20) * sigmoid((at + 2 - hour) * 12);
    return 0.5 * consumerDay(minute) + viewers;
  };
});

/** Workers of a queue: batches of work arrive at random, more by day, and are worked off at a bounded rate. */
export const burstyQueue: DrawDemand = (random) => {
  let queue = 0;
  return (minute) => {
    if (random() < 0.01 * (0.3 + consumerDay(minute))) queue += 100 + 400 * random() ** 2;
    const work = Math.min(queue, 60 + 20 * random());
    queue = Math.max(0, queue - work / 8);
    return work + 3 * random();
  };
};
