import type { Context } from './context.ts';
import type { Events } from './events.ts';
import { handler } from './handler.ts';
import {
  actIn,
  keepExecutions,
  type Names,
  publishOn,
  readMarket,
  type Statement,
  sendTo,
  shape,
  steerGroups,
  useTable,
} from './permissions/index.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

export interface RolloutParts {
  readonly queues: Queues;
  readonly storage: Storage;
  readonly events: Events;
}

/**
 * What carries changes of shape out, where the settings switch it on (S25): a durable function with an execution per proposal, and the
 * backstop that brings those to their end whose execution died. No other function may write to EC2.
 */
export function rollout(context: Context, { queues, storage: { table }, events: { bus } }: RolloutParts) {
  const { settings, names, stage } = context;
  const shaping = settings.shapeChanges;
  if (shaping === undefined) return undefined;
  const accounts = settings.accounts.map(({ account }) => account);
  const environment = { EVENKEEL_TABLE: table.name, EVENKEEL_BUS: bus.name };
  const failuresTo = queues.undelivered.arn;
  const allowed = (more: (own: Names) => readonly Statement[]) =>
    $resolve({ own: names, tableArn: table.arn, busArn: bus.arn, failures: failuresTo }).apply(
      ({ own, tableArn, busArn, failures }): readonly Statement[] => [
        ...more(own),
        useTable(tableArn),
        publishOn(busArn),
        ...steerGroups(own),
        ...shape({ ...own, instanceRoles: shaping.instanceRoles }),
        sendTo('keeps what failed for good', failures),
        ...actIn(accounts, stage, 'shape'),
      ],
    );

  const carrier = handler(context, {
    work: 'rollout',
    durable: true,
    environment,
    failuresTo,
    permissions: allowed((own) => [keepExecutions(own)]),
  });
  const settler = handler(context, {
    work: 'on-settle',
    environment,
    failuresTo,
    permissions: allowed((own) => readMarket(own)),
  });
  new sst.aws.CronV2('Settle', {
    schedule: 'cron(2/5 * * * ? *)',
    function: settler,
    event: { work: 'settle', at: '<aws.scheduler.scheduled-time>' },
    retries: 0,
    dlq: failuresTo,
  });
  // Durable functions are not invoked without a version; an execution stays on the one that it began with.
  return { versionArn: carrier.nodes.function.qualifiedArn };
}

export type Rollout = ReturnType<typeof rollout>;
