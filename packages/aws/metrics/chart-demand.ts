import { MINUTES_PER_HOUR, type Minute, type Minutes } from '@evenkeel/core/quantities';
import type { DemandReading, GroupRef, Metrics } from '@evenkeel/engine/ports';
import { CPU, utilisationQuery } from './demand-queries.ts';
import type { MetricPoints, MetricReader } from './metric-data.ts';

/** What is drawn: coarse enough for a day, and both kinds of monitoring have it. */
const PERIOD = 5;
/** The last half hour tells detailed monitoring (a datapoint a minute) from basic (one in five). */
const LOOK: Minutes = MINUTES_PER_HOUR / 2;
const DETAILED_FROM = LOOK / 2;

/**
 * Demand of a group for a picture, from CloudWatch alone: unlike the reading that floors are planned from, it looks at nothing
 * of the group itself, so it costs no call of EC2 Auto Scaling (S26), and it is always CPU.
 */
export function createChartDemand(read: MetricReader): Pick<Metrics, 'demand'> {
  return {
    async demand(ref, from, to) {
      const [sum, count] = await read(
        [
          utilisationQuery(ref, CPU, { statistic: 'Sum', period: PERIOD }),
          utilisationQuery(ref, CPU, { statistic: 'SampleCount', period: PERIOD }),
        ],
        from,
        to,
      );
      if (sum === undefined || count === undefined)
        return readingFrom({ from, to, sum: NONE, count: NONE, samples: 1 });
      return readingFrom({ from, to, sum, count, samples: await samplesPerPeriod(read, ref, to) });
    },
  };
}

const NONE: MetricPoints = { minutes: [], values: [] };

/** How many samples one instance leaves in a period. */
async function samplesPerPeriod(read: MetricReader, ref: GroupRef, to: Minute): Promise<number> {
  const query = utilisationQuery(ref, CPU, { statistic: 'SampleCount', period: 1 });
  const [points] = await read([query], (to - LOOK) as Minute, to);
  return (points?.minutes.length ?? 0) >= DETAILED_FROM ? PERIOD : 1;
}

/** Spreads the datapoints over their minutes; NaN where there is none. */
function readingFrom(points: {
  readonly from: Minute;
  readonly to: Minute;
  readonly sum: MetricPoints;
  readonly count: MetricPoints;
  readonly samples: number;
}): DemandReading {
  const { from, to, sum, count, samples } = points;
  const length = Math.max(0, to - from);
  const spread = ({ minutes, values }: MetricPoints, divisor: number): Float64Array => {
    const all = new Float64Array(length).fill(Number.NaN);
    for (const [index, at] of minutes.entries()) {
      all.fill(
        (values[index] ?? Number.NaN) / divisor,
        Math.max(0, at - from),
        Math.max(0, at - from + PERIOD),
      );
    }
    return all;
  };
  return {
    demand: { start: from, values: spread(sum, 100 * samples) },
    inService: spread(count, samples),
    periodMinutes: PERIOD,
  };
}
