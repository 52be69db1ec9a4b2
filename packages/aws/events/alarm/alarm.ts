import type { AlarmChanged } from '@evenkeel/engine/events';
import { factsOf } from '../envelope.ts';
import { type EventKind, events, ignored } from '../event-kind.ts';
import { AlarmStateChange, ReasonData } from './schema.ts';

const STATES = { OK: 'ok', ALARM: 'alarm', INSUFFICIENT_DATA: 'insufficient-data' } as const;

/** Target tracking keeps alarms of its own, which change with every scaling: nobody's load alarm (S20). */
const OF_TARGET_TRACKING = /^TargetTracking-/;

export const alarm: EventKind = {
  source: 'aws.cloudwatch',
  detailTypes: ['CloudWatch Alarm State Change'],
  translate(envelope) {
    const detail = AlarmStateChange.parse(envelope.detail);
    if (OF_TARGET_TRACKING.test(detail.alarmName)) return ignored('alarm-of-target-tracking');
    const reading = readingOf(detail.state.reasonData);
    return events({
      ...factsOf(envelope),
      kind: 'alarm',
      alarm: detail.alarmName,
      state: STATES[detail.state.value],
      ...(reading && { reading }),
    });
  },
};

/** The newest datapoint; absent for composite alarms and metric math, whose data has another form. */
function readingOf(reasonData: string | undefined): AlarmChanged['reading'] {
  if (reasonData === undefined) return undefined;
  const data = ReasonData.safeParse(jsonOf(reasonData));
  if (!data.success) return undefined;
  const value = data.data.recentDatapoints.findLast((point) => point !== null);
  return value === undefined || value === null ? undefined : { value, threshold: data.data.threshold };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
