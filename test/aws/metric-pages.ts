import type { FrontAnswer, FrontRequest } from './front.ts';

const PAGE_SECONDS = 2 * 86_400;

interface MetricRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
}

interface MetricAnswer {
  readonly MetricDataResults?: readonly { readonly StatusCode?: string }[];
}

/**
 * Gives GetMetricData two days a page, as AWS gives long ranges in pages: the emulator has none, and takes a time that grows with the
 * square of the range.
 */
export async function pageOfMetricData(
  { body }: FrontRequest,
  pass: (body: string) => Promise<FrontAnswer>,
): Promise<FrontAnswer> {
  const { NextToken, ...request } = JSON.parse(body) as MetricRequest;
  const start = NextToken === undefined ? request.StartTime : Number(NextToken);
  const end = Math.min(start + PAGE_SECONDS, request.EndTime);
  const answer = await pass(JSON.stringify({ ...request, StartTime: start, EndTime: end }));
  if (answer.status !== 200 || end === request.EndTime) return answer;
  const page = JSON.parse(Buffer.from(answer.body).toString('utf8')) as MetricAnswer;
  const MetricDataResults = page.MetricDataResults?.map((each) => ({ ...each, StatusCode: 'PartialData' }));
  return { ...answer, body: JSON.stringify({ ...page, MetricDataResults, NextToken: String(end) }) };
}
