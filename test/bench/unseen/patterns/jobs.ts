/** Demand that follows a timetable of jobs. */
import {
  consumerDay,
  DAY,
  dayOf,
  eachDay,
  hourOf,
  isWorkday,
  noisy,
  officeDay,
  weekdayOf,
} from '../demand.ts';
import { normal } from '../random.ts';

/** A batch every night at two, its length swaying by some minutes. */
export const nightlyBatch = noisy({ sd: 0.03, memory: 0.5 }, () => (minute) => {
  const hour = hourOf(minute);
  return hour >= 2 && hour < 4.5 + 0.3 * Math.sin(dayOf(minute)) ? 100 : 12;
});

/** Hour, minutes and size of the jobs of `jobsDaily`. */
const JOBS = [
  { hour: 1, length: 50, size: 80 },
  { hour: 6.5, length: 20, size: 60 },
  { hour: 12, length: 35, size: 45 },
  { hour: 18.25, length: 70, size: 100 },
  { hour: 22, length: 15, size: 70 },
] as const;

/** Five jobs a day, each up to five minutes late, its length and size a little different every day. */
export const jobsDaily = noisy({ sd: 0.04, memory: 0.6 }, (random) => {
  const jobsOf = eachDay(() =>
    JOBS.map(({ hour, length, size }) => ({
      from: hour * 60 + Math.floor(random() * 6),
      length: length * (0.85 + 0.3 * random()),
      size: size * (0.9 + 0.2 * random()),
    })),
  );
  return (minute) => {
    const now = minute % DAY;
    const running = jobsOf(minute).filter(({ from, length }) => now >= from && now < from + length);
    return running.reduce((sum, { size }) => sum + size, 15);
  };
});

/** A job every four hours that comes seven minutes later each day: no hour of the day is its own. */
export const driftingJob = noisy({ sd: 0.03, memory: 0.5 }, () => (minute) => {
  const sinceStart = (((minute - 7 * (minute / DAY)) % 240) + 240) % 240;
  return sinceStart < 35 ? 90 : 20;
});

/** Cron jobs on the hour and, smaller, at half past, over a consumer's day. */
export const cronHourly = noisy({ sd: 0.05, memory: 0.6, unit: 100 }, () => (minute) => {
  const past = minute % 60;
  const halfPast = past >= 30 && past < 33 ? 0.7 : 0;
  return consumerDay(minute) + 0.6 * (past < 7 ? 1.6 : halfPast);
});

/** Three busy minutes in every fifteen. */
export const burst15 = noisy({ sd: 0.06, memory: 0.5, unit: 100 }, () => (minute) => {
  return (minute % 15 < 3 ? 1 : 0.25) + 0.2 * consumerDay(minute);
});

/** A nightly batch up to twenty minutes early or late, longer every day, and an office beside it. */
export const batchJitter = noisy({ sd: 0.04, memory: 0.5 }, (random) => {
  const batchOf = eachDay((day) => ({
    from: 120 + 40 * (random() - 0.5),
    length: 150 + 2 * day + 30 * normal(random),
  }));
  return (minute) => {
    const { from, length } = batchOf(minute);
    const now = minute % DAY;
    const batch = now >= from && now < from + length ? 100 : 8;
    return batch + (isWorkday(minute) ? 25 * officeDay(minute) : 0);
  };
});

/** A nightly batch that doubles on day 22. */
export const batchDoubles = noisy({ sd: 0.03, memory: 0.5 }, () => (minute) => {
  const hour = hourOf(minute);
  return hour >= 3 && hour < 6 ? 100 * (minute > 22 * DAY ? 2 : 1) : 15;
});

/** Six hours of indexing on Sundays, well above the days. */
export const weeklyJob = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, () => (minute) => {
  const isIndexing = weekdayOf(minute) === 6 && hourOf(minute) > 3 && hourOf(minute) < 9;
  return 0.4 * consumerDay(minute) + (isIndexing ? 1 : 0);
});

/** An office's month of 30 days, with two days of closing the books at its end. */
export const monthEnd = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, () => (minute) => {
  const usual = isWorkday(minute) ? officeDay(minute) * 0.4 : 0.05;
  if (dayOf(minute) % 30 < 28) return usual;
  return usual + (hourOf(minute) > 1 && hourOf(minute) < 20 ? 0.8 : 0.2);
});

/** A queue that fills slowly and is emptied at once when it is full. */
export const sawTooth = noisy({ sd: 0.03, memory: 0.5 }, (random) => {
  let queue = 10;
  return (minute) => {
    queue += 0.55 + 0.3 * random();
    if (queue > 100 + 10 * Math.sin(minute / 500)) queue = 12 + 5 * random();
    return queue;
  };
});
