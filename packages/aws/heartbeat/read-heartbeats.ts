import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { call } from '../call.ts';
import { dateOf, minuteOfDate } from '../time.ts';
import { HEARTBEAT } from './heartbeat.ts';

/** A stage of Evenkeel and its last sign of life. */
export interface LastBeat {
  readonly stage: string;
  readonly at: Minute;
}

const PERIOD_MINUTES = 5;

/** The stages that ticked in this place within the last day, with the period of their newest sign of life. */
export async function readHeartbeats(client: CloudWatchClient, now: Minute): Promise<readonly LastBeat[]> {
  const { namespace, metric } = HEARTBEAT;
  const command = new GetMetricDataCommand({
    StartTime: dateOf((now - MINUTES_PER_DAY) as Minute),
    EndTime: dateOf(now),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [
      {
        Id: 'beats',
        Expression: `SEARCH('{${namespace},Stage} MetricName="${metric}"', 'Sum', ${PERIOD_MINUTES * 60})`,
      },
    ],
  });
  const { MetricDataResults: results = [] } = await call(client, command);
  return results.flatMap(({ Label: stage = '', Timestamps: [newest] = [] }) =>
    newest === undefined ? [] : [{ stage, at: minuteOfDate(newest) }],
  );
}
