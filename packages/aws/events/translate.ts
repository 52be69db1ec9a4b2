import { $ZodError } from 'zod/v4/core';
import { alarm } from './alarm/alarm.ts';
import { apiCall } from './api-call/api-call.ts';
import { capacityRequested } from './capacity-requested/capacity-requested.ts';
import { codedeploy } from './codedeploy/codedeploy.ts';
import { Envelope } from './envelope.ts';
import type { EventKind, Translation } from './event-kind.ts';
import { launchFailed } from './launch-failed/launch-failed.ts';
import { problemsOf } from './problems.ts';
import { refresh } from './refresh/refresh.ts';
import { spotNotice } from './spot-notice/spot-notice.ts';
import { stackStatus } from './stack-status/stack-status.ts';

/** What happens to groups by other hands and by itself. */
export const FLEET_EVENTS: readonly EventKind[] = [
  launchFailed,
  spotNotice,
  alarm,
  refresh,
  stackStatus,
  codedeploy,
  apiCall,
];

/** What may be asked of Evenkeel on its own bus. */
export const REQUESTS: readonly EventKind[] = [capacityRequested];

/**
 * Translates an EventBridge event into Evenkeel's own words. Never throws: what is not known or not of the documented form is said so,
 * for the caller to count.
 */
export function translate(raw: unknown, kinds: readonly EventKind[]): Translation {
  const envelope = Envelope.safeParse(raw);
  if (!envelope.success) {
    return { kind: 'malformed', event: 'envelope', problem: problemsOf(envelope.error) };
  }
  const { source, 'detail-type': detailType } = envelope.data;
  const known = kinds.find(
    (kind) => (kind.source ?? source) === source && kind.detailTypes.includes(detailType),
  );
  if (!known) return { kind: 'unknown', event: `${source}/${detailType}` };
  try {
    return known.translate(envelope.data);
  } catch (error) {
    if (!(error instanceof $ZodError)) throw error;
    return { kind: 'malformed', event: detailType, problem: problemsOf(error) };
  }
}
