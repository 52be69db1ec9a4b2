import { CALL_SHARES } from './call-shares.ts';
import { createStart } from './compose.ts';
import { createRolloutPortsIn, rolloutSettingsOf } from './rollout/compose-rollout.ts';
import { durableFrame } from './rollout/durable-frame.ts';
import { rolloutFlow } from './rollout/rollout-flow.ts';

const start = createStart();
const portsIn = createRolloutPortsIn(start, CALL_SHARES.rollout);
const settings = rolloutSettingsOf(start);

/** Carries a change of instance types out: one durable execution per proposal, which sleeps and wakes for days and costs nothing meanwhile. */
export const handler = durableFrame(
  start,
  'rollout',
  rolloutFlow((place) => ({ ports: portsIn(place), now: start.timing.now, settings })),
);
