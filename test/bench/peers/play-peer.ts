import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import { advance, createWorld, type Trace } from '@evenkeel/core/replay';
import { createLane, type Lane, lookAhead, setFloors, tellLane } from './lane.ts';
import { type Peer, QUANTILES, TARGETS } from './peer.ts';
import type { PeerProcess } from './peer-process.ts';
import { type PeerRow, scoreRun } from './score-run.ts';

/** What a peer did on one trace. */
export interface PeerPlay {
  readonly package: string;
  readonly rows: readonly PeerRow[];
  /** Models fitted and seconds of the peer's computing, for all its runs on the trace. */
  readonly fits: number;
  readonly seconds: number;
}

/**
 * Lets a peer decide over a trace at each start-up time: target tracking alone in the history, then with the peer's
 * floors. It is told nothing but the visible demand of its own runs, when it could have been read.
 */
export async function playPeer(options: {
  readonly peer: Peer;
  readonly process: PeerProcess;
  readonly traceName: string;
  readonly trace: Trace;
  readonly startups: readonly number[];
}): Promise<PeerPlay> {
  const { peer, process, traceName, trace, startups } = options;
  const { slotMinutes, everyMinutes, gives } = peer;
  const { demand } = trace;
  const quantiles = gives === 'point' ? [0] : QUANTILES;
  const lanes = startups.flatMap((startup) =>
    quantiles.map((quantile) =>
      createLane({ world: createWorld({ startup }), quantile, targets: TARGETS, demand }),
    ),
  );
  const reach = everyMinutes + Math.max(...lanes.map((lane) => lookAhead(lane.world)));
  const slots = Math.floor(reach / slotMinutes) + 1;
  const packageName = await process.open({ kind: 'open', peer: peer.method, slotMinutes });
  let fits = 0;
  let seconds = 0;
  const scoredFrom = trace.historyDays * MINUTES_PER_DAY;
  for (let minute = scoredFrom; minute < demand.length; minute += everyMinutes) {
    advanceLanes(lanes, demand, minute);
    const told = lanes.map((lane) => tellLane(lane, minute, slotMinutes));
    const reply = await process.forecast({ kind: 'forecast', at: minute / slotMinutes, slots, lanes: told });
    fits += reply.fits;
    seconds += reply.seconds;
    for (const [index, lane] of lanes.entries()) {
      const levels = reply.levels[index] ?? [];
      setFloors(lane, { minute, slotMinutes, levels, gives }, minute + everyMinutes);
    }
  }
  advanceLanes(lanes, demand, demand.length);
  const rows = lanes.flatMap(({ runs }) =>
    runs.flatMap(({ run, setting }) => scoreRun(run, { policy: peer.name, setting, traceName, trace })),
  );
  return { package: packageName, rows, fits, seconds };
}

/** Up to and without `minute`. */
function advanceLanes(lanes: readonly Lane[], demand: Float64Array, minute: number): void {
  for (const { run } of lanes.flatMap((lane) => lane.runs)) advance(run, demand, minute);
}
