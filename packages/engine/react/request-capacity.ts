import type { ExpectedEventDecision, LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { CapacityRequested } from '../events/index.ts';
import type { ExpectedEvent } from '../ports/index.ts';
import { comingOf, withExpected } from '../run/expected.ts';
import type { FleetReport } from '../run/over-groups.ts';
import { NOTHING, type Reaction, tellOnce, tickThose } from './reaction.ts';

/**
 * Takes a request for capacity into what the workload expects, where the next plan finds it; one that begins now is planned at once.
 * How much of it can be had is up to the plan, which stays within `bounds` and MaxSize (S2). The same name again replaces what was asked
 * for before; an older request never replaces a newer one, and one whose time is over is left alone (S28).
 */
export async function requestCapacity(request: CapacityRequested, reaction: Reaction): Promise<FleetReport> {
  const at = minuteOf(reaction.now);
  if (request.until <= at) return NOTHING;
  const settings = await reaction.ports.settings.load(request.workload);
  const wanted = eventOf(request);
  const isNew = isNews(wanted, comingOf(settings.expected, at));
  const told = isNew ? await tellOnce(reaction, [entryOf(request, at)]) : [];
  if (isNew) {
    const expected = withExpected(settings.expected, wanted, at);
    await reaction.ports.settings.save(request.workload, { ...settings, expected });
  }
  // Also where it is no news: the workload may have groups in another account or region, whose first word of it this is.
  const report = await tickThose(reaction, ({ tags }) => tags[WORKLOAD_TAG] === request.workload);
  return { ...report, entries: [...told, ...report.entries] };
}

function eventOf(request: CapacityRequested): ExpectedEvent {
  const { name, from, until, by, at, ask } = request;
  return {
    name,
    from,
    until,
    factor: ask.kind === 'factor' ? ask.factor : 1,
    ...(ask.kind === 'instances' && { add: ask.instances }),
    askedAt: at,
    by,
  };
}

/** Whether it is neither expected already nor older than what is expected under that name. */
function isNews(wanted: ExpectedEvent, expected: readonly ExpectedEvent[]): boolean {
  const before = expected.find(({ name }) => name === wanted.name);
  if (!before) return true;
  if ((before.askedAt ?? 0) > (wanted.askedAt ?? 0)) return false;
  return JSON.stringify(before) !== JSON.stringify(wanted);
}

function entryOf(request: CapacityRequested, at: Minute): LedgerEntry {
  const { workload, name, from, until, by, ask } = request;
  const decision: ExpectedEventDecision = {
    kind: 'expected-event',
    name,
    from,
    until,
    factor: ask.kind === 'factor' ? ask.factor : 1,
    ...(ask.kind === 'instances' && { add: ask.instances }),
    by,
  };
  return {
    id: `capacity-requested/${request.id}`,
    at,
    workload,
    group: '*',
    decision,
    outcome: { kind: 'applied' },
    excuses: [],
  };
}
