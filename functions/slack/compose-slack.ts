import { minuteOf } from '@evenkeel/core/quantities';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import {
  type Answering,
  createActions,
  createDirectory,
  createMembers,
  createReply,
  type Directory,
} from '@evenkeel/slack/answers';
import { createChartOf } from '@evenkeel/slack/chart';
import { createOutbox, createPace, type DeliveryReport, drain, type Outbox } from '@evenkeel/slack/delivery';
import { createWebApi, createWebhook, type Fetch, type Transport } from '@evenkeel/slack/transports';
import { createDocuments, type Start, senderTo } from '../compose.ts';
import { placeKey, SettingsError } from '../settings/index.ts';
import type { SlackSettings } from '../settings/slack.ts';
import { shardsOf } from '../shards/shard.ts';
import { readDirectory } from './directory-document.ts';

/** Everything the delivery of messages and the work behind answers need. */
export interface SlackParts {
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly answering: Answering;
  readonly transport: Transport;
  readonly deliver: () => Promise<DeliveryReport>;
}

/** What the parts are built from besides the deployment: the ports of the home place's stores, and the network. */
export interface SlackMaterials {
  readonly ports: Pick<Ports, 'holds' | 'settings' | 'ledger' | 'records' | 'notices'>;
  /** Reads demand for charts in the place of a group. */
  readonly metricsIn: (place: { readonly account: string; readonly region: string }) => Ports['metrics'];
  readonly fetch: Fetch;
}

/** The Slack part of the settings; throws a SettingsError where there is none. */
export function slackSettingsOf({ settings, deployment }: Start): SlackSettings {
  if (settings.slack !== undefined) return settings.slack;
  throw new SettingsError(
    `${deployment.settingsFile} has no "slack", but the functions for it are deployed; deploy the stacks again`,
  );
}

export function createSlackParts(start: Start, { ports, metricsIn, fetch }: SlackMaterials): SlackParts {
  const settings = slackSettingsOf(start);
  const { deployment, timing } = start;
  const documents = createDocuments(start);
  const outbox = createOutbox(documents);
  const directory = createDirectory(
    start.places.map((place) => ({ list: () => readDirectory(documents, place) })),
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
    actions: createActions({ ports, directory, now: timing.now, soon: tickSoon(start) }),
    who: { 0: settings.who['0'], 1: settings.who['1'], 2: settings.who['2'], 3: settings.who['3'] },
    members: createMembers({ token, fetch, now: timing.now }),
    tierOf: directory.tierOf,
    reply: createReply(fetch),
    now: timing.now,
  };
  const chartOf = createChartOf({
    ports: {
      ...ports,
      metrics: {
        demand: (ref, ...rest) => metricsIn(ref).demand(ref, ...rest),
        guard: (ref, at) => metricsIn(ref).guard(ref, at),
      },
    },
    groupOf: async ({ workload, groups: [name], place }) =>
      (await directory.of(workload)).find(
        ({ ref }) => ref.name === name && ref.account === place?.account && ref.region === place.region,
      ),
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
    deliver: () =>
      drain({ documents, outbox, transport, routes, clock: timing, pace: createPace(timing), chartOf }),
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
