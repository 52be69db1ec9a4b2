import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { Instant } from '@evenkeel/core/quantities';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Start } from './compose.ts';

/** What a handler's work gets besides its event. */
export interface Invocation {
  /** The one time of this invocation. */
  readonly now: Instant;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remaining: () => number;
  /** Counts something for the dashboard. */
  readonly count: (what: CountName, by?: number) => void;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

export type CountName =
  | 'CatalogueDrift'
  | 'PlacesFailed'
  | 'ShardsSent'
  | 'ShardsStale'
  | 'GroupsTicked'
  | 'GroupsReviewed'
  | 'GroupsFailed'
  | 'GroupsPostponed'
  | 'GroupsTidied'
  | 'Reactions'
  | 'RolloutsStarted'
  | 'RolloutsSettled'
  | 'RolloutsFailed'
  | 'EventsTaken'
  | 'EventsIgnored'
  | 'EventsUnknown'
  | 'EventsMalformed'
  | 'MessagesTold'
  | 'MessagesGivenUp'
  | 'MessagesWaiting'
  | 'SlackRequests'
  | 'SlackRefused';

/** What Lambda calls. */
export type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/**
 * Puts around a handler's work what every function has: structured logs with the request's id, metrics written with the logs, and the
 * one place where a clock is read.
 */
export function frame<Event, Result>(
  start: Start,
  name: string,
  work: (event: Event, invocation: Invocation) => Promise<Result>,
): Handler<Event, Result> {
  const logger = new Logger({ serviceName: name, logLevel: start.settings.logLevel });
  const metrics = new Metrics({
    namespace: 'Evenkeel',
    serviceName: name,
    defaultDimensions: { Stage: start.deployment.stage },
  });
  return middy<Event, Result>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(logMetrics(metrics))
    .handler((event: Event, context: Context) =>
      work(event, {
        now: start.timing.now(),
        remaining: () => context.getRemainingTimeInMillis(),
        count: (what, by = 1) => metrics.addMetric(what, MetricUnit.Count, by),
        log: logger,
      }),
    ) as unknown as Handler<Event, Result>;
}
