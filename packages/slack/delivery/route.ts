import { FLEET } from '@evenkeel/core/explain';
import type { Message } from '../messages/message.ts';

/** Where messages go: the workload's tag, else its account's channel, else the default. */
export interface Routes {
  readonly defaultChannel: string;
  /** Channels by AWS account id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The channel of the tag `evenkeel:notify`; undefined where no group of the workload has one. */
  readonly tagged: (workload: string) => Promise<string | undefined>;
}

/** The channel of a message. Tags are read when it is sent, so a moved team gets what still waits. */
export async function channelOf(message: Message, routes: Routes): Promise<string> {
  if (message.workload === FLEET) return routes.defaultChannel;
  const tagged = await routes.tagged(message.workload);
  if (tagged !== undefined) return tagged;
  const account = message.place?.account;
  return (account === undefined ? undefined : routes.accounts[account]) ?? routes.defaultChannel;
}
