import type { Change } from '@evenkeel/engine/ports';
import { minuteOfTime } from '../envelope.ts';
import { actorOf } from './actor.ts';
import { type ApiCall, SizeParameters } from './schema.ts';

const FIELD_OF_CALL: Readonly<Record<string, Change['field']>> = {
  SetDesiredCapacity: 'size',
  PutScheduledUpdateGroupAction: 'scheduled-actions',
  BatchPutScheduledUpdateGroupAction: 'scheduled-actions',
  DeleteScheduledAction: 'scheduled-actions',
  BatchDeleteScheduledAction: 'scheduled-actions',
  PutScalingPolicy: 'policy',
  DeletePolicy: 'policy',
  SuspendProcesses: 'processes',
  ResumeProcesses: 'processes',
};

const TEMPLATE_PARAMETERS = ['launchTemplate', 'mixedInstancesPolicy', 'launchConfigurationName'];

/**
 * What a call recorded by CloudTrail changed of a group: one change per field, each with an id of its own; empty for calls that
 * change none of the fields Evenkeel minds, and for calls that failed.
 */
export function changesOf(call: ApiCall): readonly Change[] {
  if (call.errorCode !== undefined) return [];
  return fieldsOf(call).map((field) => {
    const size = field === 'size' ? sizeOf(call) : undefined;
    return {
      id: field === 'template' ? `${call.eventID}/template` : call.eventID,
      at: minuteOfTime(call.eventTime),
      ...actorOf(call),
      field,
      ...(size && { size }),
    };
  });
}

function fieldsOf(call: ApiCall): readonly Change['field'][] {
  const field = FIELD_OF_CALL[call.eventName];
  if (field) return [field];
  if (call.eventName !== 'UpdateAutoScalingGroup') return [];
  const parameters = call.requestParameters ?? {};
  return [
    ...(sizeOf(call) ? (['size'] as const) : []),
    ...(TEMPLATE_PARAMETERS.some((name) => parameters[name] !== undefined) ? (['template'] as const) : []),
  ];
}

function sizeOf(call: ApiCall): Change['size'] {
  const { minSize, maxSize, desiredCapacity } = SizeParameters.parse(call.requestParameters ?? {});
  const size = {
    ...(minSize !== undefined && { min: minSize }),
    ...(maxSize !== undefined && { max: maxSize }),
    ...(desiredCapacity !== undefined && { desired: desiredCapacity }),
  };
  return Object.keys(size).length > 0 ? size : undefined;
}
