import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { readCaller } from '@evenkeel/aws/account';
import { clientConfig } from '@evenkeel/aws/clients';
import type { PlaceSettings } from '@evenkeel/aws/floor-ports';
import { readHeartbeats } from '@evenkeel/aws/heartbeats';
import { missingPermissions } from '@evenkeel/aws/permissions';
import { minuteOf } from '@evenkeel/core/quantities';
import type { Checkup } from './doctor/checkup.ts';

/** What `evenkeel doctor` asks of an account beyond the ports of every command. */
export async function composeCheckup(place: PlaceSettings): Promise<Checkup> {
  const { region, timing } = place;
  const iam = new IAMClient(clientConfig(place));
  const cloudWatch = new CloudWatchClient(clientConfig(place));
  const { arn } = await readCaller(place);
  return {
    caller: arn,
    missing: (actions, resource) => missingPermissions(iam, { caller: arn, region, actions, resource }),
    heartbeats: () => readHeartbeats(cloudWatch, minuteOf(timing.now())),
  };
}
