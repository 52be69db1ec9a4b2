import { type Interceptor, jsonResult, queryResult } from './front.ts';
import { pageOfMetricData } from './metric-pages.ts';

/** What the emulator cannot do or lets pass that AWS refuses. Printed at the end of the run; each is tested at the SDK boundary. */
export const LACKS: readonly string[] = [
  'no time: scheduled actions, leases and scaling never run by themselves (the twin has them)',
  'no instance refresh: DescribeInstanceRefreshes is answered with an empty list by the front, and by a fake of that part of the API where a change of shape is tested',
  'alarms change their state only when told to; no quota of EC2 (a test answers GetServiceQuota itself)',
  'no CloudTrail LookupEvents: answered by the front with the events a test makes',
  'no scaling activities: always an empty list',
  'scheduled actions are kept by name across groups: one name in two groups overwrites',
  'a batch put takes a start time that another action of the group has, and a 126th action',
  'actions of a group that does not exist can be put, listed and deleted',
  'PutScalingPolicy takes a group that does not exist',
  'policies have no Enabled, predictive ones no mode',
  'no throttling, no partial failures, no IAM: made by the front where a test needs them',
  'GetMetricData is always Complete, of any age, on one page (the front makes pages of two days); percentiles are unknown to it',
  'no Pricing API; DescribeSpotPriceHistory gives one made-up price',
];

/** Answers of the front for what the emulator does not have. */
export const answerForLacks: Interceptor = (request, pass) => {
  switch (request.operation) {
    case 'DescribeInstanceRefreshes':
      return queryResult(request.operation, '<InstanceRefreshes/>');
    case 'LookupEvents':
      return jsonResult({ Events: [] });
    case 'GetMetricData':
      return pageOfMetricData(request, pass);
    default:
      return undefined;
  }
};
