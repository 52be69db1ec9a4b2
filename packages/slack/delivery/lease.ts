import type { Instant } from '@evenkeel/core/quantities';
import type { Documents } from '@evenkeel/engine/ports';
import { COLLECTIONS } from './item.ts';

const KEY = 'delivery';

interface LeaseValue {
  readonly until: Instant;
}

/**
 * Runs the work if nobody else is at it, and gives undefined where somebody is. A run that died holds the lease until it
 * ends; a run that lost it is stopped by the versions of what it writes.
 */
export async function withLease<T>(
  options: { readonly documents: Documents; readonly now: () => Instant; readonly forMs: number },
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { documents, now, forMs } = options;
  const standing = await documents.read<LeaseValue>(COLLECTIONS.lease, KEY);
  if (standing !== undefined && standing.value.until > now()) return undefined;
  const expected = standing?.version ?? 0;
  const taken: LeaseValue = { until: (now() + forMs) as Instant };
  if (!(await documents.write(COLLECTIONS.lease, KEY, taken, { expected }))) return undefined;
  try {
    return await work();
  } finally {
    await documents.write(COLLECTIONS.lease, KEY, { until: 0 }, { expected: expected + 1 });
  }
}
