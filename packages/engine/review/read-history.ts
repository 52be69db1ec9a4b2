import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { DemandReading } from '../ports/index.ts';
import type { Run } from '../run/run.ts';

/** How far back a review looks. */
export const HISTORY_DAYS = 28;

/** Visible demand of the last 28 days, from a day boundary on. */
export async function readHistory(run: Run): Promise<DemandReading> {
  const today = Math.floor(run.minute / MINUTES_PER_DAY);
  const from = ((today - HISTORY_DAYS) * MINUTES_PER_DAY) as Minute;
  return run.ports.metrics.demand(run.group.ref, from, run.minute);
}
