/** The 38 named patterns of demand: days of people, timetables of jobs, changes, bursts, as services are known to have them. */
import { DAY, type DrawDemand } from './demand.ts';
import * as bursts from './patterns/bursts.ts';
import * as changes from './patterns/changes.ts';
import * as days from './patterns/days.ts';
import * as jobs from './patterns/jobs.ts';
import { seeded } from './random.ts';
import type { UnseenTrace } from './trace.ts';

/** A Monday. */
const START = Date.parse('2021-03-01T00:00:00Z');

/** Name, days, minutes between rows, demand; and which days (whole and parts) have no rows. */
type Row = readonly [string, number, number, DrawDemand, HasNoRows?];

type HasNoRows = (days: number) => boolean;

const inGaps: HasNoRows = (at) =>
  (at > 8.2 && at < 9.6) || (at > 23.3 && at < 25.4) || (at > 33.1 && at < 33.5);

/** The seed of each is its place in this list: new ones go to its end. */
const PATTERNS: readonly Row[] = [
  ['nightly-batch', 28, 5, jobs.nightlyBatch],
  ['jobs-daily', 42, 1, jobs.jobsDaily],
  ['drifting-job', 40, 5, jobs.driftingJob],
  ['office', 56, 5, days.office],
  ['office-holidays', 63, 15, days.officeHolidays],
  ['growth', 42, 5, changes.growth],
  ['decline', 42, 15, changes.decline],
  ['level-up', 35, 5, changes.levelUp],
  ['level-down', 35, 5, changes.levelDown],
  ['flash-crowds', 49, 5, bursts.flashCrowds],
  ['sale-day', 42, 5, changes.saleDay],
  ['lunch', 35, 1, days.lunch],
  ['cron-hourly', 30, 1, jobs.cronHourly],
  ['burst-15', 28, 1, jobs.burst15],
  ['flat-noise', 28, 5, bursts.flatNoise],
  ['heavy-tail', 35, 5, bursts.heavyTail],
  ['square-random', 30, 1, bursts.squareRandom],
  ['game-launch', 56, 15, changes.gameLaunch],
  ['two-zones', 42, 5, days.twoZones],
  ['dst', 42, 5, days.daylightSaving],
  ['outage-hole', 35, 1, changes.outageHole],
  ['weekly-drift', 70, 60, days.weeklyDrift],
  ['mostly-idle', 35, 5, bursts.mostlyIdle],
  ['saw-tooth', 28, 1, jobs.sawTooth],
  ['sine', 30, 15, days.sine],
  ['sine-spikes', 42, 5, days.sineSpikes],
  ['random-walk', 42, 5, changes.randomWalk],
  ['month-end', 70, 15, jobs.monthEnd],
  ['tiny-mostly', 35, 5, bursts.tinyMostly],
  ['gaps', 42, 5, days.gaps, inGaps],
  ['regimes', 63, 15, changes.regimes],
  ['counts-small', 28, 1, days.countsSmall],
  ['batch-jitter', 42, 5, jobs.batchJitter],
  ['web-poisson', 30, 1, days.webPoisson],
  ['weekly-job', 49, 5, jobs.weeklyJob],
  ['events', 56, 5, bursts.events],
  ['batch-doubles', 35, 15, jobs.batchDoubles],
  ['bursty-queue', 28, 1, bursts.burstyQueue],
];

/** The named patterns, one after the other, the same at every call. */
export function* patterns(): Generator<UnseenTrace> {
  for (const [index, row] of PATTERNS.entries()) yield patternTrace(row, (1001 + index) * 7919);
}

function patternTrace([name, days, step, draw, hasNoRows]: Row, seed: number): UnseenTrace {
  const demand = draw(seeded(seed));
  const minutes: number[] = [];
  const values: string[] = [];
  for (let minute = 0; minute < days * DAY; minute += step) {
    // Asked for missing rows too: what follows a gap does not depend on how long it is.
    const value = Math.max(0, demand(minute));
    if (hasNoRows?.(minute / DAY)) continue;
    minutes.push(minute);
    values.push(`${Number(value.toFixed(3))}`);
  }
  return { name, start: START, minutes, values };
}
