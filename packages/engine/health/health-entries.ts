import { FLEET, type HealthPart, type LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { Ports } from '../ports/index.ts';
import type { Trouble } from './troubles.ts';

/** Every written plan reaches at least so far (S3). */
const PLAN_REACHES_MINUTES = MINUTES_PER_DAY;

/** Something of Evenkeel has not worked for a while. */
export function degraded(
  part: HealthPart,
  {
    since,
    at,
    lasting,
    groups,
  }: {
    readonly since: Minute;
    readonly at: Minute;
    readonly lasting: readonly Trouble[];
    readonly groups: number;
  },
): LedgerEntry {
  const affected = lasting.reduce((sum, each) => sum + each.affected, 0);
  const plansEnd = part === 'ticks' || part === 'table';
  return {
    ...fleetWide(`degraded/${part}/${since}`, at),
    decision: {
      kind: 'degraded',
      part,
      since,
      groups: { affected, all: Math.max(groups, affected) },
      ...(plansEnd && { planReaches: (since + PLAN_REACHES_MINUTES) as Minute }),
      message: commonest(lasting.map(({ message }) => message)),
    },
  };
}

/** It works again. */
export function recovered(
  part: HealthPart,
  { since, until, at }: { readonly since: Minute; readonly until: Minute; readonly at: Minute },
): LedgerEntry {
  return {
    ...fleetWide(`recovered/${part}/${since}`, at),
    decision: { kind: 'recovered', part, since, until },
  };
}

/** An entry that concerns the whole fleet; what is said of Evenkeel itself writes nothing into a group. */
function fleetWide(id: string, at: Minute): Omit<LedgerEntry, 'decision'> {
  return { id, at, workload: FLEET, group: FLEET, outcome: { kind: 'applied' }, excuses: [] };
}

/** The ledger first; a bus that is away is what may have to be told, so nobody is kept from the rest by it. */
export async function tell(
  { ledger, notices }: Pick<Ports, 'ledger' | 'notices'>,
  entries: readonly LedgerEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await ledger.append(entries);
  await notices.publish(entries).catch(() => undefined);
}

/** The one said most often; of several the first. */
function commonest(messages: readonly string[]): string {
  const counts = Map.groupBy(messages, (message) => message);
  return [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 'no reason given';
}
