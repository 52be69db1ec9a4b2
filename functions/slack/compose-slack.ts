import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { createChartDemand } from '@evenkeel/aws/chart-demand';
import { clientConfig } from '@evenkeel/aws/clients';
import { createMetricReader } from '@evenkeel/aws/metric-data';
import { isSamePlace, placeKey } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { approveTarget, OWN_TARGET_MINUTES } from '@evenkeel/engine';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import { createApprovals } from '@evenkeel/engine/rollout';
import {
  type ActionOptions,
  type Answering,
  createActions,
  createDirectory,
  createMembers,
  createReply,
  type Directory,
  stillStands,
} from '@evenkeel/slack/answers';
import { createChartOf } from '@evenkeel/slack/chart';
import { createOutbox, createPace, type DeliveryReport, drain, type Outbox } from '@evenkeel/slack/delivery';
import { createWebApi, createWebhook, type Fetch, type Transport } from '@evenkeel/slack/transports';
import {
  clientSettingsIn,
  createDocuments,
  createWaker,
  noticesOf,
  type Start,
  senderTo,
  storesOf,
} from '../compose.ts';
import { SettingsError } from '../settings/index.ts';
import type { SlackSettings } from '../settings/slack.ts';
import { shardsOf } from '../shards/shard.ts';
import { readDirectory } from './directory-document.ts';

/** Everything the delivery of messages and the work behind answers need. */
export interface SlackParts {
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly answering: Answering;
  readonly transport: Transport;
  /** Where messages of the whole fleet go. */
  readonly channel: string;
  readonly ports: Pick<Ports, 'holds' | 'settings' | 'ledger' | 'records' | 'notices'>;
  readonly deliver: () => Promise<DeliveryReport>;
}

/** The Slack part of the settings; throws a SettingsError where there is none. */
function slackSettingsOf({ settings, deployment }: Start): SlackSettings {
  if (settings.slack !== undefined) return settings.slack;
  throw new SettingsError(
    `${deployment.settingsFile} has no "slack", but the functions for it are deployed; deploy the stacks again`,
  );
}

/** Tags are believed for so long: a change of theirs is seen by the tick every five minutes anyway. */
const DIRECTORY_MS = 30_000;

/** Builds the parts for a deployment; `fetch` is the way to Slack. */
export function createSlackParts(start: Start, fetch: Fetch): SlackParts {
  const ports = { ...storesOf(start), notices: noticesOf(start) };
  const settings = slackSettingsOf(start);
  const { deployment, timing } = start;
  const documents = createDocuments(start);
  const outbox = createOutbox(documents);
  const directory = createDirectory(
    start.places.map((place) => ({ list: () => readDirectory(documents, place) })),
    { now: timing.now, forMs: DIRECTORY_MS },
  );
  const bot = settings.by === 'bot';
  const token = bot ? deployment.part('slackToken') : '';
  const transport = bot
    ? createWebApi({ token, fetch })
    : createWebhook({ url: deployment.part('slackWebhook'), fetch });
  const answering: Answering = {
    documents,
    outbox,
    ledger: ports.ledger,
    notices: ports.notices,
    actions: createActions({
      ports: { ...ports, documents },
      directory,
      now: timing.now,
      soon: tickSoon(start),
      wantTargetBack: targetsBack(start),
      approveTarget: (ref, to, now) => approveTarget({ ...ports, documents }, ref, to, now),
      approvals: createApprovals(documents),
      wake: createWaker(start),
    }),
    who: { 0: settings.who['0'], 1: settings.who['1'], 2: settings.who['2'], 3: settings.who['3'] },
    members: createMembers({ token, fetch, now: timing.now }),
    stands: (standing) => stillStands({ ...ports, documents }, standing, minuteOf(timing.now())),
    tierOf: directory.tierOf,
    reply: createReply(fetch),
    now: timing.now,
  };
  const chartOf = createChartOf({
    ports: { ...ports, metrics: { demand: (ref, from, to) => demandIn(start, ref).demand(ref, from, to) } },
    groupOf: async ({ workload, groups: [name], place }) =>
      (await directory.of(workload)).find(({ ref }) => ref.name === name && isSamePlace(ref, place)),
  });
  const routes = {
    defaultChannel: settings.channel,
    accounts: settings.accounts,
    tagged: directory.channelOf,
  };
  return {
    outbox,
    directory,
    answering,
    transport,
    channel: settings.channel,
    ports,
    deliver: () =>
      drain({ documents, outbox, transport, routes, clock: timing, pace: createPace(timing), chartOf }),
  };
}

/** Demand as CloudWatch has it where the group is. */
function demandIn(start: Start, { account, region }: GroupRef): Pick<Ports['metrics'], 'demand'> {
  const settings = clientSettingsIn(start, { account, region }, 'capacity');
  return createChartDemand(createMetricReader(new CloudWatchClient(clientConfig(settings))));
}

/** Has the owner's target given back by the process that works on the group: this one may change none (S25). */
function targetsBack(start: Start): NonNullable<ActionOptions['wantTargetBack']> {
  const send = senderTo(start, 'shardQueue');
  return async (group, by, now) => {
    const at = minuteOf(now);
    const { account, region } = group;
    const place = { account, region };
    const event = { kind: 'target-wanted-back', id: `${by}/${now}`, at, place, group, by } as const;
    await send([{ work: 'react', place, event }]);
    return { kind: 'given-back', until: (at + OWN_TARGET_MINUTES) as Minute };
  };
}

/** Has groups ticked at once, by the process that works in their place: within a minute, and within the calls of that place (S11, S26). */
function tickSoon(start: Start): (groups: readonly GroupRef[]) => Promise<void> {
  const send = senderTo(start, 'shardQueue');
  return async (groups) => {
    const at = minuteOf(start.timing.now());
    const places = Map.groupBy(groups, placeKey);
    const shards = [...places.values()].flatMap((refs) => {
      const { account, region } = refs[0]!;
      return shardsOf(
        'tick',
        { account, region },
        refs.map(({ name }) => name),
        at,
      );
    });
    await send(shards);
  };
}
