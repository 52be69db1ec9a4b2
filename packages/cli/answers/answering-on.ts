import { approveTarget, wantTargetBack } from '@evenkeel/engine';
import { type Answering, createActions, createDirectory } from '@evenkeel/engine/answers';
import { groupKey } from '@evenkeel/engine/ports';
import { createApprovals } from '@evenkeel/engine/rollout';
import type { Stage } from '../conduct/conduct.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What people may set off, with the caller's own credentials: groups are ticked at once instead of by a deployed Evenkeel. */
export function answeringOn(stage: Stage, terminal: Terminal): Answering {
  const { ports, groups, tick, wake } = stage;
  const { now } = terminal.clock;
  const actions = createActions({
    ports,
    directory: createDirectory([{ list: async () => groups }]),
    now,
    soon: async (refs) => {
      const wanted = new Set(refs.map(groupKey));
      await tick(groups.filter(({ ref }) => wanted.has(groupKey(ref))));
    },
    approveTarget: (ref, to, at) => approveTarget(ports, ref, to, at),
    wantTargetBack: (ref, by, at) => wantTargetBack(ports, { ref, by, now: at }),
    approvals: createApprovals(ports.documents),
    ...(wake && { wake }),
  });
  return { documents: ports.documents, ledger: ports.ledger, notices: ports.notices, actions, now };
}
