import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { call } from '../call.ts';

/** The metric whose absence means that nobody ticks (S19: missing counts as breaching). */
export const HEARTBEAT = { namespace: 'Evenkeel', metric: 'Tick' } as const;

/** Puts one sign of life of a stage into the place the client calls, where the alarms of that place's groups can watch it. */
export async function beatHeart(client: CloudWatchClient, stage: string): Promise<void> {
  await call(
    client,
    new PutMetricDataCommand({
      Namespace: HEARTBEAT.namespace,
      MetricData: [
        {
          MetricName: HEARTBEAT.metric,
          Dimensions: [{ Name: 'Stage', Value: stage }],
          Value: 1,
          Unit: 'Count',
        },
      ],
    }),
  );
}
