import type { ScheduledAction } from '@evenkeel/core/plan';
import { type ItemFailure, MAX_BATCH } from '@evenkeel/engine/ports';
import { AwsError, meaningOf } from '../errors.ts';
import type { Timing } from '../time.ts';

/** Tries of the items of a batch that failed for a passing reason, the first included, and the wait before each further one. */
const TRIES = 3;
const RETRY_WAIT_MS = 2_000;

export interface TriesOptions<Item> {
  readonly send: (items: readonly Item[]) => Promise<readonly ItemFailure[]>;
  readonly nameOf: (item: Item) => string;
  readonly timing: Timing;
}

/** Sends, and sends again what failed for a passing reason; gives what is refused for good or failed in every try. */
export async function inTries<Item>(
  items: readonly Item[],
  { send, nameOf, timing }: TriesOptions<Item>,
): Promise<readonly ItemFailure[]> {
  const final: ItemFailure[] = [];
  let left = items;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > 1) await timing.sleep(RETRY_WAIT_MS * (attempt - 1));
    const failures = await send(left);
    const passing = failures.filter((failure) => attempt < TRIES && isPassing(failure));
    final.push(...failures.filter((failure) => !passing.includes(failure)));
    const again = new Set(passing.map((failure) => failure.name));
    left = left.filter((item) => again.has(nameOf(item)));
  }
  return final;
}

/**
 * Whether AWS fails a batch item by item or as a whole is not documented for every mistake. A batch refused as a whole is sent in
 * halves, so that what is wrong with one action keeps no other from standing; the one that is left is a failure of that item.
 */
export async function inHalves<Item extends ScheduledAction | string>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly ItemFailure[]>,
): Promise<readonly ItemFailure[]> {
  try {
    return await send(items);
  } catch (error) {
    const first = items[0];
    if (first === undefined || !(error instanceof AwsError) || !isAboutItems(error)) throw error;
    if (items.length === 1) {
      const name = typeof first === 'string' ? first : first.name;
      return [{ name, code: error.awsCode, message: error.message }];
    }
    const middle = Math.ceil(items.length / 2);
    return [
      ...(await inHalves(items.slice(0, middle), send)),
      ...(await inHalves(items.slice(middle), send)),
    ];
  }
}

function isAboutItems(error: AwsError): boolean {
  return (
    error.meaning === 'refused' || error.meaning === 'quota' || error.awsCode.startsWith('AlreadyExists')
  );
}

function isPassing({ code, message }: ItemFailure): boolean {
  const meaning = meaningOf(code, message);
  if (meaning === 'conflict') return !code.startsWith('AlreadyExists') && !/already exists/i.test(message);
  return meaning === 'throttled' || code === 'InternalFailure' || code === 'ServiceUnavailable';
}

export function refuseLongBatch(length: number): void {
  if (length > MAX_BATCH) throw new RangeError(`a batch holds at most ${MAX_BATCH} items, not ${length}`);
}
