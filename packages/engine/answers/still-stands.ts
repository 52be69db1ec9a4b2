import type { HoldKind } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { Ports } from '../ports/index.ts';
import { comingOf, isBoost } from '../run/expected.ts';

/** Something that stands until its time is up or somebody ends it: a pause, the hold after a person's change or resets, a boost. */
export interface Standing {
  readonly what: 'pause' | 'hold' | 'boost';
  readonly workload: string;
  /** `groupKey` of the group it was told of. */
  readonly group?: string;
}

const HOLDS: Readonly<Record<'pause' | 'hold', readonly HoldKind[]>> = {
  pause: ['paused'],
  hold: ['human-override', 'resets'],
};

/** Whether it still stands at a minute, whoever may have ended it and in whatever way. */
export async function stillStands(
  ports: Pick<Ports, 'holds' | 'settings'>,
  { what, workload, group }: Standing,
  at: Minute,
): Promise<boolean> {
  if (what === 'boost') return comingOf((await ports.settings.load(workload)).expected, at).some(isBoost);
  const query = { workload, at, ...(group !== undefined && { group }) };
  return (await ports.holds.inForce(query)).some(({ kind }) => HOLDS[what].includes(kind));
}
