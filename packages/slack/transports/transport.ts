import type { Block } from '../messages/block.ts';

/** Where a message stands. Webhooks do not say, so `ts` may be absent; without it nothing can be threaded or updated. */
export interface PostedAt {
  readonly channel: string;
  readonly ts?: string;
}

/** What is posted. */
export interface Post {
  readonly channel: string;
  /** The message's id, kept with the message so that it can be found again. */
  readonly id: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The thread's first message; absent: begins one. */
  readonly thread?: string;
  /** Shows a reply in the channel too. */
  readonly broadcast?: boolean;
}

/** What came of a call to Slack. Only `unknown` may or may not have had its effect. */
export type CallResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Slack asked to wait so many seconds (429). */
  | { readonly kind: 'later'; readonly seconds: number }
  /** It surely had no effect: Slack could not be reached. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** The line broke after the question was asked. */
  | { readonly kind: 'unknown'; readonly message: string }
  /** Slack's own error code; asking again alone does not help. */
  | { readonly kind: 'refused'; readonly code: string };

/** A way into Slack. */
export interface Transport {
  /** Whether messages can be found, updated, threaded and answered there (a bot token), or only posted (a webhook). */
  readonly kind: 'bot' | 'webhook';
  post(post: Post): Promise<CallResult<PostedAt>>;
  /** Replaces text and blocks of a message that stands. */
  update(
    place: PostedAt,
    content: { readonly text: string; readonly blocks: readonly Block[] },
  ): Promise<CallResult<void>>;
  /** Looks whether a post whose fate is unknown stands after all; undefined: it does not. */
  find(sought: {
    readonly post: Omit<Post, 'text' | 'blocks'>;
    readonly sinceSeconds: number;
  }): Promise<CallResult<PostedAt | undefined>>;
  /** Uploads a picture and gives its file id. */
  upload(picture: {
    readonly png: Uint8Array;
    readonly name: string;
    readonly alt: string;
  }): Promise<CallResult<string>>;
}

/** Turns the value of a call that was done, leaves every other result as it is. */
export function mapDone<A, B>(result: CallResult<A>, turn: (value: A) => B): CallResult<B> {
  return result.kind === 'done' ? { kind: 'done', value: turn(result.value) } : result;
}
