import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAccount } from '@evenkeel/aws/account';
import { createAwsPorts } from '@evenkeel/aws/compose';
import { openDynamoStores } from '@evenkeel/aws/dynamo';
import type { PlaceSettings } from '@evenkeel/aws/floor-ports';
import { createKeptCatalogue, type MarketSource } from '@evenkeel/catalog';
import {
  type Documents,
  type GroupRef,
  PortError,
  type Ports,
  type WakeRollout,
} from '@evenkeel/engine/ports';
import { createSqliteStores } from '@evenkeel/store-sqlite';
import { composeHeadroom } from './compose-headroom.ts';
import { composeMarket } from './compose-market.ts';
import { CALLS_OF_ROLLOUTS, composeShapes, type Shapes } from './compose-shapes.ts';
import type { Checkup } from './doctor/checkup.ts';
import { UserError } from './program/user-error.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Where a command works, as its options say. */
export interface AwsOptions {
  readonly region?: string;
  readonly endpoint?: string;
  /** The file of the embedded store. */
  readonly store: string;
  /** The table of a deployed Evenkeel, instead of the file. */
  readonly table?: string;
  readonly leaseRole?: string;
  /** Groups without the tag are read too. */
  readonly everyGroup?: true;
  /** The command only looks: a store that is not there is not made. */
  readonly onlyLooks?: true;
}

/** One account and region with its stores; everything but the notices, which are the command's own words. */
export interface Composition {
  readonly account: string;
  readonly region: string;
  /** Where decisions are kept: a file or a table. */
  readonly store: string;
  readonly ports: Omit<Ports, 'notices'>;
  /** A tick of these groups begins: their demand is read in full batches. */
  readonly expectTicks: (refs: readonly GroupRef[]) => void;
  /** What carries changes of shape out; loaded when asked for. */
  readonly shapes: () => Promise<Shapes>;
  /** Wakes a workflow of a deployed Evenkeel that waits for an answer; absent where none can wait. */
  readonly wake?: WakeRollout;
  /** What `evenkeel doctor` asks of the account; loaded when asked for. Absent where there is none. */
  readonly checkup?: () => Promise<Checkup>;
  /** What the catalogue is refreshed from; absent where there is no market to ask. */
  readonly market?: MarketSource;
  readonly close: () => void;
}

/** Opens what a command works on: the account and region of its options, or what the terminal puts in their place. */
export function compose(options: AwsOptions, terminal: Terminal): Promise<Composition> {
  return terminal.open === undefined ? composeAws(options, terminal) : terminal.open(options);
}

/** S26: what all of this process together may ask of EC2 Auto Scaling. */
const MOST_CALLS_PER_SECOND = 2;

/** Builds the ports of a command. Throws a UserError where region or credentials are missing. */
async function composeAws(options: AwsOptions, terminal: Terminal): Promise<Composition> {
  const client = clientOf(options, terminal);
  const { region } = client;
  const account = await asUserErrors(() => readAccount(client));
  const { leaseRole, table } = options;
  const settings = { ...client, account, timing: terminal.clock };
  const aws = createAwsPorts({
    ...settings,
    everyGroup: options.everyGroup ?? false,
    autoScalingCallsPerSecond: MOST_CALLS_PER_SECOND - CALLS_OF_ROLLOUTS,
    ...(leaseRole !== undefined && { leaseRoleArn: leaseRole }),
  });
  const place = {
    account,
    region,
    expectTicks: aws.expectTicks,
    shapes: () => composeShapes(settings),
    market: composeMarket(settings),
    checkup: async () => (await import('./compose-checkup.ts')).composeCheckup(settings),
  };
  if (table !== undefined) {
    const stores = openDynamoStores(client, table);
    const ports = { ...aws, ...stores, ...knownOf(settings, stores.documents) };
    const wake: WakeRollout = async (approval) =>
      (await import('@evenkeel/aws/waker')).wakerIn(client)(approval);
    return { ...place, store: `table ${table}`, ports, wake, close: () => {} };
  }
  const stores = openFile(resolve(terminal.folder, options.store), options);
  return {
    ...place,
    store: options.store,
    ports: { ...aws, ...stores, ...knownOf(settings, stores.documents) },
    close: () => stores.close(),
  };
}

/** What is known of types and limits beside the groups themselves. */
function knownOf(settings: PlaceSettings, documents: Documents) {
  const catalogue = createKeptCatalogue(documents);
  return { catalogue, headroom: composeHeadroom(settings, catalogue) };
}

/** The stores of a deployed Evenkeel alone; nothing else of the account is asked for. Throws a UserError where no region is set. */
export function openTable(
  options: Pick<AwsOptions, 'endpoint'> & { readonly region?: string; readonly table: string },
  terminal: Terminal,
) {
  return openDynamoStores(clientOf(options, terminal), options.table);
}

/** Region and endpoint as the options say. Throws a UserError where no region is set. */
export function clientOf(options: Pick<AwsOptions, 'region' | 'endpoint'>, terminal: Terminal) {
  const region = options.region ?? terminal.variable('AWS_REGION') ?? terminal.variable('AWS_DEFAULT_REGION');
  if (region === undefined || region === '') {
    throw new UserError('no region is set; write --region eu-west-1, or set AWS_REGION.');
  }
  return { region, ...(options.endpoint !== undefined && { endpoint: options.endpoint }) };
}

/** What AWS refuses is for the user to mend: missing permissions, expired credentials, an endpoint that does not answer. */
export async function asUserErrors<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PortError) throw new UserError(`${error.message}${remedyFor(error.message)}`);
    throw error;
  }
}

const NO_WAY_THERE = /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b/;

function remedyFor(message: string): string {
  return NO_WAY_THERE.test(message)
    ? '; nothing answers there: see that the network, a proxy, --region and --endpoint are right.'
    : '.';
}

/** SQLite's own number for a file that holds something else. */
const NOT_A_DATABASE = 26;

/** The embedded store; where it is not there it is made, or for a look stands empty. Throws a UserError where it cannot be opened. */
export function openFile(path: string, { onlyLooks }: Pick<AwsOptions, 'onlyLooks'> = {}) {
  try {
    return createSqliteStores(onlyLooks && !existsSync(path) ? ':memory:' : path);
  } catch (error) {
    const { message, errcode } = error as Error & { readonly errcode?: number };
    if (errcode === NOT_A_DATABASE) {
      throw new UserError(
        `${path} is not a store of Evenkeel's; name the file that evenkeel run keeps, or one that is to be made.`,
      );
    }
    throw new UserError(`the store ${path} cannot be opened: ${message}; name another with --store.`);
  }
}
