/** Demand that follows the days of people. */
import {
  bump,
  consumerDay,
  consumerHour,
  DAY,
  type Demand,
  type DrawDemand,
  dayOf,
  hourOf,
  isWorkday,
  noisy,
  officeDay,
  weekdayOf,
} from '../demand.ts';
import { poisson } from '../random.ts';

/** Offices: five full days, two nearly empty. */
export const office = noisy({ sd: 0.05, memory: 0.7 }, () => (minute) => {
  const weekend = 0.07 + 0.03 * bump(hourOf(minute), 14, 4);
  return (isWorkday(minute) ? officeDay(minute) : weekend) * 100;
});

/** Offices with four holidays and half a day off, which no calendar announces. */
export const officeHolidays = noisy({ sd: 0.04, memory: 0.6 }, () => (minute) => {
  const isHoliday = [18, 32, 33, 46].includes(dayOf(minute));
  const afternoonOff = dayOf(minute) === 51 && hourOf(minute) > 13 ? 0.3 : 1;
  const level = isWorkday(minute) && !isHoliday ? officeDay(minute) * afternoonOff : 0.08;
  return (level + 0.02) * 100;
});

/** Food delivery: a sharp peak at noon, higher on workdays, and one in the evening, higher before a day off. */
export const lunch = noisy({ sd: 0.05, memory: 0.9, unit: 100 }, () => (minute) => {
  const noon = bump(hourOf(minute), 12.4, 0.7) * (isWorkday(minute) ? 1 : 0.6);
  const evening = 0.8 * bump(hourOf(minute), 19, 1.1) * (weekdayOf(minute) >= 4 ? 1.3 : 1);
  return 0.05 + noon + evening;
});

/** Two countries nine hours apart, the second with weekends. */
export const twoZones = noisy({ sd: 0.04, memory: 0.8, unit: 100 }, () => (minute) => {
  const ahead = consumerHour((hourOf(minute) + 9) % 24);
  return consumerDay(minute) + 0.7 * ahead * (isWorkday(minute + 9 * 60) ? 1 : 0.7);
});

/** Offices whose clocks are set by an hour on day 27, while the trace counts in UTC. */
export const daylightSaving = noisy({ sd: 0.03, memory: 0.7, unit: 100 }, () => (minute) => {
  const local = minute > 27 * DAY ? minute + 60 : minute;
  return isWorkday(local) ? officeDay(local) : 0.15;
});

/** A week that swells and ebbs smoothly, over slow growth. */
export const weeklyDrift = noisy({ sd: 0.03, memory: 0.8, unit: 100 }, () => (minute) => {
  const week = 1 + 0.35 * Math.sin((2 * Math.PI * minute) / DAY / 7);
  return consumerDay(minute) * week * (1 + 0.006 * (minute / DAY));
});

const dailySine: Demand = (minute) => 60 + 40 * Math.sin((2 * Math.PI * minute) / DAY);

/** Nothing but a sine a day. */
export const sine: DrawDemand = () => dailySine;

/** A sine a day, and a spike of minutes once in about three days. */
export const sineSpikes: DrawDemand = (random) => {
  let left = 0;
  let spike = 0;
  const drawSpike = (): void => {
    spike = 0;
    if (random() >= 1 / 900) return;
    left = 1 + Math.floor(random() * 5);
    spike = 60 + 120 * random();
  };
  const base = noisy({ sd: 0.03, memory: 0.6 }, () => dailySine)(random);
  return (minute) => {
    if (left-- <= 0) drawSpike();
    return base(minute) + spike;
  };
};

/** A consumer's week; the table leaves out days of it. */
export const gaps = noisy({ sd: 0.05, memory: 0.7, unit: 100 }, () => (minute) => {
  return isWorkday(minute) ? consumerDay(minute) : 0.5 * consumerDay(minute);
});

/** Requests a minute of a small service: counts of 0 to about 10. */
export const countsSmall: DrawDemand = (random) => (minute) => poisson(random, 4 * consumerDay(minute) + 0.3);

/** Requests a minute of a web site: counts whose mean wanders slowly besides day and week. */
export const webPoisson: DrawDemand = (random) => {
  const week: Demand = (minute) => 60 * consumerDay(minute) * (isWorkday(minute) ? 1 : 0.7);
  const mean = noisy({ sd: 0.08, memory: 0.98 }, () => week)(random);
  return (minute) => poisson(random, mean(minute));
};
