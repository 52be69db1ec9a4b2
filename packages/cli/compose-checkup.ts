import { readCaller } from '@evenkeel/aws/account';
import { createPlaceClients, type PlaceSettings } from '@evenkeel/aws/floor-ports';
import { readHeartbeats } from '@evenkeel/aws/heartbeats';
import { createPermissionCheck } from '@evenkeel/aws/permissions';
import { minuteOf } from '@evenkeel/core/quantities';
import type { Checkup } from './doctor/checkup.ts';

/** What `evenkeel doctor` asks of an account beyond the ports of every command. */
export async function composeCheckup(place: PlaceSettings): Promise<Checkup> {
  const { region, timing } = place;
  const missing = createPermissionCheck(place);
  const { cloudWatch } = createPlaceClients(place);
  const { arn: caller } = await readCaller(place);
  return {
    caller,
    missing: (actions, resource) => missing({ caller, region, actions, resource }),
    heartbeats: () => readHeartbeats(cloudWatch, minuteOf(timing.now())),
  };
}
