import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { FleetEvent } from '../events/index.ts';
import type { GroupRef } from '../ports/index.ts';
import type { FleetReport } from '../run/over-groups.ts';
import { wantTargetBack } from '../target/want-target-back.ts';
import { tick } from '../tick/tick.ts';
import { boostFor } from './boost-for.ts';
import { countSpot } from './count-spot.ts';
import { noteShortage } from './note-shortage.ts';
import { NOTHING, type Reaction, tickThose } from './reaction.ts';
import { requestCapacity } from './request-capacity.ts';

/**
 * The reflex to something that happened outside. An event only says where to look: what is done follows from a fresh read, by the same
 * tick that would have come anyway, so an event that comes twice, late or out of order does no harm, and one that is lost is made up
 * for within five minutes (S28). The ports are those of the event's place.
 */
export async function react(event: FleetEvent, reaction: Reaction): Promise<FleetReport> {
  const { ports, now, settings } = reaction;
  switch (event.kind) {
    case 'group-changed':
    case 'tags-changed':
    case 'refresh':
    case 'group-deleted':
      return tickOne(event.group, reaction);
    case 'deploy':
      return event.by === 'stack' ? tickStack(event.name, reaction) : NOTHING;
    case 'launch-failed':
      return noteShortage(event, reaction);
    case 'alarm':
      return boostFor(event, reaction);
    case 'capacity-requested':
      return requestCapacity(event, reaction);
    case 'target-wanted-back':
      return {
        ...(await wantTargetBack(ports, { ref: event.group, by: event.by, now }, settings)),
        failures: [],
      };
    case 'spot-interruption':
    case 'spot-rebalance':
      return countSpot(event, reaction);
  }
}

/** A tick of one group, where Evenkeel looks after it or did so. */
async function tickOne(ref: GroupRef, reaction: Reaction): Promise<FleetReport> {
  const { ports, now, settings } = reaction;
  const group = await ports.groups.read(ref);
  const known = group?.tags[WORKLOAD_TAG] !== undefined || (await ports.records.load(ref)) !== undefined;
  if (!known) return NOTHING;
  return { ...(await tick(ports, ref, now, settings)), failures: [] };
}

/** S14: the groups that a CloudFormation stack owns, by the tag that CloudFormation puts on them. */
function tickStack(stack: string, reaction: Reaction): Promise<FleetReport> {
  return tickThose(reaction, ({ tags }) => tags['aws:cloudformation:stack-name'] === stack);
}
