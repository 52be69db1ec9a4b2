import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { createMemoryDocuments } from '@evenkeel/engine/memory';
import type { Documents } from '@evenkeel/engine/ports';
import { createOutbox, createPace, type DeliveryReport, drain } from '@evenkeel/slack/delivery';
import { createWebApi, createWebhook } from '@evenkeel/slack/transports';
import { createFakeSlack, FAKE, type Fate } from './fake-slack.ts';

export const START = (29_663_100 * 60_000) as Instant;
export const CHANNELS = { evenkeel: 'C0EVENKEEL', 'team-shop': 'C0SHOP00', accounts: 'C0ACCOUNT' };

export interface WorldOptions {
  readonly webhook?: boolean;
  readonly noHistory?: boolean;
  /** Channels that do not exist any more. */
  readonly gone?: readonly string[];
  readonly fate?: (method: string) => Fate;
  readonly tagged?: Readonly<Record<string, string>>;
  readonly accounts?: Readonly<Record<string, string>>;
  readonly chart?: Uint8Array | Error;
  /** Stands between the delivery and its store, to let it die between two writes. */
  readonly through?: (documents: Documents) => Documents;
  /** Awaited whenever a run waits for its turn. */
  readonly whileAsleep?: () => Promise<void>;
}

/** A Slack workspace, a queue and a clock that only the test moves. */
export function createWorld(options: WorldOptions = {}) {
  let time = START;
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time = (time + milliseconds) as Instant;
      await options.whileAsleep?.();
    },
  };
  const slack = createFakeSlack({
    now: clock.now,
    channels: Object.fromEntries(Object.entries(CHANNELS).filter(([name]) => !options.gone?.includes(name))),
    noHistory: options.noHistory,
    ...(options.fate && { fate: options.fate }),
  });
  const store = createMemoryDocuments();
  const documents = options.through?.(store) ?? store;
  const outbox = createOutbox(documents);
  const transport = options.webhook
    ? createWebhook({ url: FAKE.webhook, fetch: slack.fetch })
    : createWebApi({ token: FAKE.token, fetch: slack.fetch, api: FAKE.api });
  const routes = {
    defaultChannel: 'evenkeel',
    accounts: options.accounts ?? {},
    tagged: async (workload: string) => options.tagged?.[workload],
  };
  return {
    clock,
    slack,
    documents,
    outbox,
    transport,
    routes,
    pass(milliseconds: number): void {
      time = (time + milliseconds) as Instant;
    },
    queue: (entries: readonly LedgerEntry[]) => outbox.queueEntries(entries, clock.now()),
    run: (over: Documents = documents): Promise<DeliveryReport> =>
      drain({
        documents: over,
        outbox,
        transport,
        routes,
        clock,
        pace: createPace(clock),
        chartOf: async () => {
          if (options.chart instanceof Error) throw options.chart;
          return options.chart;
        },
      }),
  };
}

export type World = ReturnType<typeof createWorld>;

/** The store of a run that does not know that its lease went to another. */
export function withoutLease({ documents }: Pick<World, 'documents'>): Documents {
  return {
    ...documents,
    read: async (collection, key) =>
      collection === 'slack-lease' ? undefined : documents.read(collection, key),
    write: async (collection, key, value, how) =>
      collection === 'slack-lease' ? true : documents.write(collection, key, value, how),
  };
}

/** A decision worth a message of its own. */
export function footingLost(
  workload: string,
  options: { at?: Minute; id?: string; account?: string } = {},
): LedgerEntry {
  const at = options.at ?? minuteOf(START);
  return {
    id: options.id ?? `${workload}-${at}`,
    at,
    workload,
    group: workload === FLEET ? FLEET : `${workload}-web`,
    ...(workload !== FLEET && { place: { account: options.account ?? '1', region: 'eu-west-1' } }),
    decision: {
      kind: 'footing-lost',
      coverage: 0.7,
      intended: 0.9,
      hours: 24,
      from: 'ensemble',
      to: 'tt-50',
    },
    outcome: { kind: 'applied' },
    excuses: [],
  };
}

export function expectedEvent(workload: string, name: string, at: Minute = minuteOf(START)): LedgerEntry {
  return {
    ...footingLost(workload, { at, id: `${workload}-${name}` }),
    decision: { kind: 'expected-event', name, from: at, until: at, factor: 2, by: 'slack:U1' },
  };
}
