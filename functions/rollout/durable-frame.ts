import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { RolloutEnd } from '@evenkeel/engine/rollout';
import type { Start } from '../compose.ts';

/** What is counted for the dashboard when an execution has come to this end. */
const COUNTED: Readonly<Record<RolloutEnd, string>> = {
  finished: 'RolloutsFinished',
  'rolled-back': 'RolloutsRolledBack',
  left: 'RolloutsLeft',
  'not-begun': 'RolloutsNotBegun',
};

/**
 * Puts around a rollout's flow what every function has: structured logs, said once and not at every replay, and a count of how it ended.
 * The middleware of the other functions would run at every replay, so there is none here.
 */
export function durableFrame<Event extends { readonly id: string }>(
  start: Start,
  name: string,
  flow: (event: Event, context: DurableContext) => Promise<RolloutEnd>,
) {
  const logger = new Logger({ serviceName: name, logLevel: start.settings.logLevel });
  const count = (what: string): void => {
    const metrics = new Metrics({
      namespace: 'Evenkeel',
      serviceName: name,
      defaultDimensions: { Stage: start.deployment.stage },
    });
    metrics.addMetric(what, MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  };
  return withDurableExecution(async (event: Event, context: DurableContext): Promise<RolloutEnd> => {
    const { durableExecutionArn } = context.executionContext;
    context.configureLogger({
      customLogger: logger.createChild({ persistentKeys: { durableExecutionArn } }),
    });
    context.logger.info(`the proposal ${event.id} is carried out`);
    try {
      const end = await flow(event, context);
      await context.step('count', async () => count(COUNTED[end]));
      context.logger.info(`the rollout of ${event.id} ended: ${end}`);
      return end;
    } catch (error) {
      count('RolloutsFailed');
      context.logger.error(
        `the rollout of ${event.id} cannot go on; the backstop brings it to its end`,
        error,
      );
      throw error;
    }
  });
}
