import type { Minute } from '@evenkeel/core/quantities';
import type { CapacityRequested } from '@evenkeel/engine/events';
import { factsOf, minuteOfTime } from '../envelope.ts';
import { type EventKind, events, type Translation } from '../event-kind.ts';
import { CapacityRequestedDetail, LONGEST_REQUEST_MINUTES } from './schema.ts';

const DETAIL_TYPE = 'Capacity Requested';

/** A request for capacity by anyone who may put events on Evenkeel's bus. */
export const capacityRequested: EventKind = {
  detailTypes: [DETAIL_TYPE],
  translate(envelope) {
    const detail = CapacityRequestedDetail.parse(envelope.detail);
    const facts = factsOf(envelope);
    const from = detail.from === undefined ? facts.at : minuteOfTime(detail.from);
    const until = untilOf(from, detail);
    const problem = problemOf(from, until);
    if (problem !== undefined) return malformed(problem);
    return events({
      ...facts,
      kind: 'capacity-requested',
      workload: detail.workload,
      name: detail.name,
      by: detail.by ?? `${envelope.source} in account ${envelope.account}`,
      from,
      until,
      ask: askOf(detail),
    });
  },
};

function untilOf(
  from: Minute,
  detail: { readonly until?: string | undefined; readonly minutes?: number | undefined },
): Minute {
  if (detail.until !== undefined) return minuteOfTime(detail.until);
  return (from + (detail.minutes ?? 0)) as Minute;
}

function problemOf(from: Minute, until: Minute): string | undefined {
  if (until <= from) return 'until must be later than from';
  if (until - from > LONGEST_REQUEST_MINUTES)
    return 'a request covers at most 7 days; send several or set the bounds tag';
  return undefined;
}

function askOf(detail: {
  readonly factor?: number | undefined;
  readonly instances?: number | undefined;
}): CapacityRequested['ask'] {
  return detail.factor === undefined
    ? { kind: 'instances', instances: detail.instances ?? 0 }
    : { kind: 'factor', factor: detail.factor };
}

function malformed(problem: string): Translation {
  return { kind: 'malformed', event: DETAIL_TYPE, problem };
}
