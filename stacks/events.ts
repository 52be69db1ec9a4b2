import type { Context } from './context.ts';
import { DELIVERY, type EventPattern, FLEET_PATTERNS, REQUEST_PATTERN } from './patterns.ts';
import { roleArn, roleName } from './permissions/index.ts';
import type { Queues } from './queues.ts';

/** Evenkeel's own bus and the rules that bring events into its queues, retried for an hour and kept when even that fails. */
export function events(context: Context, queues: Queues) {
  const bus = new sst.aws.Bus('Bus', {
    transform: {
      bus(args) {
        args.name = roleName(context.stage, 'bus');
      },
    },
  });
  letSpokesIn(context, bus);

  const fleetRules = Object.entries(FLEET_PATTERNS).flatMap(([name, pattern]) => [
    rule(`Here${name}`, 'default', pattern),
    rule(`Forwarded${name}`, bus.name, pattern),
  ]);
  const requestRule = rule('CapacityRequested', bus.name, REQUEST_PATTERN);
  const undelivered = queues.undelivered;
  for (const each of fleetRules) send(each, queues.events.queue, undelivered);
  send(requestRule, queues.requests.queue, undelivered);
  mayReceive(queues.events.queue, 'Events', fleetRules);
  mayReceive(queues.requests.queue, 'Requests', [requestRule]);
  mayReceive(undelivered, 'Undelivered', [...fleetRules, requestRule]);
  return { bus };
}

export type Events = ReturnType<typeof events>;

/** A rule on a bus whose events go into one queue, and into its dead-letter queue where that fails. */
export function bringTo(
  { queue, dlq }: { readonly queue: sst.aws.Queue; readonly dlq: sst.aws.Queue },
  from: { readonly name: string; readonly bus: $util.Input<string>; readonly pattern: EventPattern },
): NamedRule {
  const made = rule(`${from.name}Events`, from.bus, from.pattern);
  send(made, queue, dlq);
  mayReceive(queue, from.name, [made]);
  mayReceive(dlq, `${from.name}Dlq`, [made]);
  return made;
}

export interface NamedRule {
  readonly name: string;
  readonly bus: $util.Input<string>;
  readonly rule: aws.cloudwatch.EventRule;
}

function rule(name: string, bus: $util.Input<string>, pattern: EventPattern): NamedRule {
  return {
    name,
    bus,
    rule: new aws.cloudwatch.EventRule(`${name}Rule`, {
      eventBusName: bus,
      eventPattern: JSON.stringify(pattern),
    }),
  };
}

function send({ name, bus, rule: from }: NamedRule, to: sst.aws.Queue, failuresTo: sst.aws.Queue): void {
  new aws.cloudwatch.EventTarget(`${name}Target`, {
    rule: from.name,
    eventBusName: bus,
    arn: to.arn,
    retryPolicy: DELIVERY,
    deadLetterConfig: { arn: failuresTo.arn },
  });
}

/** A queue has one policy: EventBridge may send to it, for these rules only. */
function mayReceive(queue: sst.aws.Queue, name: string, rules: readonly NamedRule[]): void {
  new aws.sqs.QueuePolicy(`${name}QueuePolicy`, {
    queueUrl: queue.url,
    policy: $resolve({ arn: queue.arn, from: rules.map(({ rule: each }) => each.arn) }).apply(
      ({ arn, from }) =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arn,
              Condition: { ArnEquals: { 'aws:SourceArn': from } },
            },
          ],
        }),
    ),
  });
}

/** Other accounts, and other regions of this one, forward their events by a role of that name each; nobody else may put events here. */
function letSpokesIn({ settings, stage, account, region }: Context, bus: sst.aws.Bus): void {
  const otherRegions = settings.regions.some((each) => each !== region);
  if (settings.accounts.length === 0 && !otherRegions) return;
  new aws.cloudwatch.EventBusPolicy('BusPolicy', {
    eventBusName: bus.name,
    policy: $resolve({ arn: bus.arn, own: account }).apply(({ arn, own }) => {
      const places = [{ account: own, regions: settings.regions }, ...settings.accounts];
      const forwarders = places.flatMap(({ account: of, regions }) =>
        regions
          .filter((each) => of !== own || each !== region)
          .map((each) => roleArn({ account: of, stage }, `forward-${each}`)),
      );
      return JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [...new Set(places.map(({ account: of }) => of))] },
            Action: 'events:PutEvents',
            Resource: arn,
            Condition: { ArnEquals: { 'aws:PrincipalArn': forwarders } },
          },
        ],
      });
    }),
  });
}
