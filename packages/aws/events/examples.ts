/** Events as AWS documents them, for tests of several packages. All happen on 2026-07-20T08:00Z in eu-west-1. */
export interface RawEvent {
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

export function envelope(source: string, detailType: string, detail: object): RawEvent {
  return {
    id: 'event-1',
    'detail-type': detailType,
    source,
    account: '111111111111',
    region: 'eu-west-1',
    time: '2026-07-20T08:00:00Z',
    resources: [],
    detail,
  };
}

export function alarmEvent(name: string, state: string, reasonData?: object): RawEvent {
  return envelope('aws.cloudwatch', 'CloudWatch Alarm State Change', {
    alarmName: name,
    state: {
      value: state,
      reason: 'Threshold Crossed',
      timestamp: '2026-07-20T08:00:00.000+0000',
      ...(reasonData && { reasonData: JSON.stringify(reasonData) }),
    },
    previousState: { value: 'OK' },
  });
}

/** A call as CloudTrail records it; by default a user named alice made it in the console. */
export function apiCallEvent(eventName: string, fields: object = {}): RawEvent {
  return envelope('aws.autoscaling', 'AWS API Call via CloudTrail', {
    eventID: 'call-1',
    eventTime: '2026-07-20T07:58:00Z',
    eventSource: 'autoscaling.amazonaws.com',
    eventName,
    userIdentity: { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111111111111:user/alice' },
    userAgent: 'Mozilla/5.0',
    sourceIPAddress: '192.0.2.1',
    sessionCredentialFromConsole: 'true',
    ...fields,
  });
}

export function capacityEvent(detail: object): RawEvent {
  return envelope('shop.launches', 'Capacity Requested', detail);
}
