import type { WriteContext } from '@evenkeel/engine/ports';
import type { Client, Command, MetadataBearer } from '@smithy/types';
import { AwsError, awsError } from './errors.ts';

/**
 * Sends a command and gives its answer; whatever goes wrong comes out as an AwsError that names the IAM action.
 * With a context, the decision's id goes into the user agent of this one request (S27).
 */
export async function call<
  ClientIn extends object,
  In extends ClientIn,
  ClientOut extends MetadataBearer,
  Out extends ClientOut,
  Config,
>(
  client: Client<ClientIn, ClientOut, Config>,
  command: Command<ClientIn, In, ClientOut, Out, Config>,
  context?: WriteContext,
): Promise<Out> {
  const action = rememberAction(client, command);
  if (context) nameDecision(command, context.decisionId);
  try {
    return await client.send(command);
  } catch (error) {
    throw awsError(error, action());
  }
}

/** Reads every page: `next` sends the command for a token and gives the items and the token of the following page. */
export async function pages<Item>(
  next: (token: string | undefined) => Promise<{ items: readonly Item[]; token: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    all.push(...page.items);
    token = page.token === '' ? undefined : page.token;
  } while (token !== undefined);
  return all;
}

/** What is not there (any more) reads as undefined; everything else that goes wrong is passed on. */
export async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AwsError && error.meaning === 'not-found') return undefined;
    throw error;
  }
}

/** Splits into parts of at most `size`, in order. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** CloudTrail keeps the user agent: it leads from a change back to the ledger. The id is percent-encoded, so it can be read back. */
function decisionUserAgent(decisionId: string): string {
  return `evenkeel-decision/${encodeURIComponent(decisionId)}`;
}

function nameDecision<In extends object, Out extends MetadataBearer>(
  command: { readonly middlewareStack: Command<In, In, Out, Out, unknown>['middlewareStack'] },
  decisionId: string,
): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['user-agent'] = `${headers['user-agent'] ?? ''} ${decisionUserAgent(decisionId)}`.trim();
      return next(args);
    },
    // The last of the build step: the SDK has set its own user agent by then, and nothing is signed yet.
    { name: 'evenkeelDecision', step: 'build', priority: 'low', override: true },
  );
}

/**
 * Remembers what the SDK calls the operation: class names do not survive a minifier, the names in the handler's context do.
 */
function rememberAction<In extends object, Out extends MetadataBearer>(
  client: object,
  command: { readonly middlewareStack: Command<In, In, Out, Out, unknown>['middlewareStack'] },
): () => string {
  let names = { clientName: client.constructor.name, commandName: command.constructor.name };
  command.middlewareStack.add(
    (next, context) => {
      const { clientName = names.clientName, commandName = names.commandName } = context;
      names = { clientName, commandName };
      return next;
    },
    { name: 'evenkeelAction', step: 'initialize', override: true },
  );
  return () => {
    const client = names.clientName.replace(/Client$/, '').toLowerCase();
    return `${IAM_PREFIXES[client] ?? client}:${names.commandName.replace(/Command$/, '')}`;
  };
}

/** Where IAM calls a service otherwise than the SDK calls its client. */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  elasticloadbalancingv2: 'elasticloadbalancing',
  eventbridge: 'events',
};
