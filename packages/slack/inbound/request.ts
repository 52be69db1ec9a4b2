import type { ButtonKind } from '../messages/message.ts';

/** A person in Slack. Only the id is believed; names can be changed by anybody. */
export interface Person {
  readonly id: string;
  readonly team: string;
}

/** What somebody wants of Evenkeel. */
export type SlackRequest =
  | {
      readonly kind: 'press';
      readonly button: ButtonKind;
      /** The id in the button's value. */
      readonly message: string;
      readonly by: Person;
      readonly responseUrl?: string;
      readonly trigger?: string;
    }
  /** The dialog that asks for the reason of a rejection was sent. */
  | { readonly kind: 'reason'; readonly message: string; readonly reason: string; readonly by: Person }
  | { readonly kind: 'command'; readonly words: string; readonly by: Person; readonly responseUrl?: string }
  /** Slack's own check that the address is alive. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'unknown'; readonly what: string };

/** A request on its way from the acknowledgement to the work: plain JSON. */
export interface Work {
  /** The same for the same request, however often it is delivered. */
  readonly id: string;
  readonly request: SlackRequest;
}
