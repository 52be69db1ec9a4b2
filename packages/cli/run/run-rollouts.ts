import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { GroupSnapshot, Ports, RolloutPorts } from '@evenkeel/engine/ports';
import {
  createApprovals,
  createLocalRollouts,
  DEFAULT_ROLLOUT_SETTINGS,
  type RolloutSettings,
  type StartReport,
  settleRollouts,
  startMissed,
  startProposed,
} from '@evenkeel/engine/rollout';
import type { Shapes } from '../compose-shapes.ts';

/** Rollouts beside the ticks of one process. */
export interface RunRollouts {
  /** Goes on with what an earlier process, or a failed try, left unfinished, and starts what was proposed and not started. */
  resume(groups: readonly GroupSnapshot[], now: Instant): Promise<void>;
  /** Starts what a review proposed. */
  start(entries: readonly LedgerEntry[]): Promise<void>;
  /** Goes on with those whose wait is over. */
  pump(): Promise<void>;
  /** After a tick: the sign of life that AWS watches, and the backstop for rollouts that nobody carries on. */
  ticked(now: Instant): Promise<void>;
}

export interface RunRolloutsOptions {
  readonly ports: Omit<Ports, 'notices'>;
  readonly shapes: Shapes;
  readonly now: () => Instant;
  /** What rollouts decide, as it comes. */
  readonly told: (entries: readonly LedgerEntry[]) => void;
  /** Something of a rollout did not work; it is tried again at the next tick. */
  readonly failed: (error: Error) => void;
  readonly settings?: RolloutSettings;
}

/** Carries changes of shape out in this process; their journals are in its store, so that a restart goes on where it was. */
export function createRunRollouts(options: RunRolloutsOptions): RunRollouts {
  const { shapes, now, told, failed, settings = DEFAULT_ROLLOUT_SETTINGS } = options;
  const ports: RolloutPorts = {
    ...options.ports,
    ...shapes.ports,
    approvals: createApprovals(options.ports.documents),
    notices: { publish: async (entries) => told(entries) },
  };
  const tell = (id: string, message: string): void => failed(new Error(`the rollout ${id}: ${message}`));
  const rollouts = createLocalRollouts({
    ports,
    now,
    settings,
    failed: (id, error) => tell(id, error instanceof Error ? error.message : String(error)),
  });
  const tellAll = ({ failures }: Pick<StartReport, 'failures'>): void => {
    for (const { id, message } of failures) tell(id, message);
  };
  return {
    async resume(groups, at) {
      await rollouts.resume();
      tellAll(await startMissed(ports, groups, { starter: rollouts, now: at }));
    },
    async start(entries) {
      tellAll(await startProposed(entries, rollouts));
    },
    pump: () => rollouts.pump(),
    async ticked(at) {
      if (rollouts.running() > 0) await shapes.beat();
      tellAll(await settleRollouts(ports, at, { settings }));
    },
  };
}
