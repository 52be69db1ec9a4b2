import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dateOf } from '../time.ts';
import { utilisationQuery } from './demand-queries.ts';
import { createMetricReader } from './metric-data.ts';

const aws = mockClient(CloudWatchClient);
const read = createMetricReader(new CloudWatchClient({ region: 'eu-west-1' }));
const FROM = 29_000_000 as Minute;
const TO = (FROM + 60) as Minute;
const query = utilisationQuery(
  { account: '1', region: 'eu-west-1', name: 'web' },
  { namespace: 'AWS/EC2', metric: 'CPUUtilization' },
  { statistic: 'Sum', period: 1 },
);
const at = (minutes: number) => dateOf((FROM + minutes) as Minute);

beforeEach(() => aws.reset());

describe('createMetricReader', () => {
  it('asks by group, statistic and period in seconds', async () => {
    aws.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'q0', StatusCode: 'Complete' }] });
    expect(await read([query], FROM, TO)).toEqual([{ minutes: [], values: [] }]);
    expect(aws.commandCalls(GetMetricDataCommand)[0]?.args[0].input).toMatchObject({
      StartTime: dateOf(FROM),
      EndTime: dateOf(TO),
      MetricDataQueries: [
        {
          Id: 'q0',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/EC2',
              MetricName: 'CPUUtilization',
              Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }],
            },
            Stat: 'Sum',
            Period: 60,
          },
        },
      ],
    });
  });

  it('puts a series together from its pages, in order of time, whatever order it came in', async () => {
    aws
      .on(GetMetricDataCommand)
      .resolvesOnce({
        MetricDataResults: [
          { Id: 'q0', StatusCode: 'PartialData', Timestamps: [at(3), at(2)], Values: [3, 2] },
        ],
        NextToken: 'more',
      })
      .resolves({
        MetricDataResults: [{ Id: 'q0', StatusCode: 'Complete', Timestamps: [at(1)], Values: [1] }],
      });
    expect(await read([query], FROM, TO)).toEqual([
      { minutes: [FROM + 1, FROM + 2, FROM + 3], values: [1, 2, 3] },
    ]);
    expect(aws.commandCalls(GetMetricDataCommand)[1]?.args[0].input.NextToken).toBe('more');
  });

  it('fills batches of 500 queries', async () => {
    aws.on(GetMetricDataCommand).callsFake((input) => ({
      MetricDataResults: input.MetricDataQueries.map(({ Id }: { Id: string }) => ({
        Id,
        StatusCode: 'Complete',
        Timestamps: [at(0)],
        Values: [Number(Id.slice(1))],
      })),
    }));
    const all = await read(
      Array.from({ length: 501 }, () => query),
      FROM,
      TO,
    );
    expect(aws.calls()).toHaveLength(2);
    expect([all[499]?.values[0], all[500]?.values[0]]).toEqual([499, 0]);
  });

  it('asks again, for the incomplete series only', async () => {
    aws
      .on(GetMetricDataCommand)
      .resolvesOnce({
        MetricDataResults: [
          { Id: 'q0', StatusCode: 'Complete', Timestamps: [at(0)], Values: [7] },
          { Id: 'q1', StatusCode: 'InternalError' },
        ],
      })
      .resolves({
        MetricDataResults: [{ Id: 'q1', StatusCode: 'Complete', Timestamps: [at(0)], Values: [8] }],
      });
    const [first, second] = await read([query, query], FROM, TO);
    expect([first?.values, second?.values]).toEqual([[7], [8]]);
    expect(aws.commandCalls(GetMetricDataCommand)[1]?.args[0].input.MetricDataQueries).toHaveLength(1);
  });

  it.each([
    ['PartialData', 'unavailable'],
    ['InternalError', 'unavailable'],
    ['Forbidden', 'denied'],
  ] as const)('S6: rejects on %s rather than call it a gap', async (StatusCode, code) => {
    aws.on(GetMetricDataCommand).resolves({
      MetricDataResults: [{ Id: 'q0', StatusCode, Timestamps: [at(0)], Values: [1] }],
    });
    await expect(read([query], FROM, TO)).rejects.toMatchObject({ code });
  });

  it('rejects where CloudWatch answers without the series at all', async () => {
    aws.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });
    await expect(read([query], FROM, TO)).rejects.toMatchObject({ code: 'unavailable' });
    expect(aws.calls()).toHaveLength(3);
  });

  it('calls nothing for an empty range', async () => {
    expect(await read([query], TO, FROM)).toEqual([{ minutes: [], values: [] }]);
    expect(aws.calls()).toHaveLength(0);
  });
});
