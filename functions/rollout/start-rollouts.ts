import type { FleetReport } from '@evenkeel/engine';
import type { Ports, RolloutStarter } from '@evenkeel/engine/ports';
import { type StartReport, startMissed, startProposed } from '@evenkeel/engine/rollout';
import type { Invocation } from '../frame.ts';

/**
 * Reviews, and starts the rollouts that come of it. What an earlier night proposed and could not start is started first (S28). A start that
 * fails is told and left to the next night: the review itself stands.
 */
export async function reviewAndStart(options: {
  readonly ports: Ports;
  readonly starter: RolloutStarter | undefined;
  readonly invocation: Invocation;
  readonly review: () => Promise<FleetReport>;
}): Promise<FleetReport> {
  const { ports, starter, invocation, review } = options;
  if (starter === undefined) return review();
  const { now } = invocation;
  say(await startMissed(ports, await ports.groups.list(), { starter, now }), invocation);
  const report = await review();
  say(await startProposed(report.entries, starter), invocation);
  return report;
}

function say({ started, failures }: StartReport, { count, log }: Invocation): void {
  count('RolloutsStarted', started.length);
  for (const { id, message } of failures) log.error(`the rollout of ${id} could not be started: ${message}`);
}
