import type { PlaceSettings } from '@evenkeel/aws/floor-ports';
import type { ShapePorts } from '@evenkeel/engine/ports';

/** What rollouts need beyond the ports of every command. */
export interface Shapes {
  /** Approvals are kept in the documents of the store. */
  readonly ports: Omit<ShapePorts, 'approvals'>;
  /** The sign of life that AWS watches while a rollout stands: where it is missing, AWS rolls back by itself (S19). */
  readonly beat: () => Promise<void>;
}

/** Calls of EC2 Auto Scaling a second that rollouts may make; the others of this process leave so many to them (S26). */
export const CALLS_OF_ROLLOUTS = 0.3;

/** What the alarms of a process that is not deployed are named after. */
const STAGE = 'run';

/** Loaded when asked for: the client of EC2 is heavy. */
export async function composeShapes(place: PlaceSettings): Promise<Shapes> {
  const [{ createAwsShapePorts }, { createPlaceClients }, { beatHeart }] = await Promise.all([
    import('@evenkeel/aws/shapes'),
    import('@evenkeel/aws/floor-ports'),
    import('@evenkeel/aws/heartbeat'),
  ]);
  const settings = { ...place, stage: STAGE, autoScalingCallsPerSecond: CALLS_OF_ROLLOUTS };
  const clients = createPlaceClients(settings);
  return {
    ports: createAwsShapePorts(settings, clients),
    beat: () => beatHeart(clients.cloudWatch, STAGE),
  };
}
