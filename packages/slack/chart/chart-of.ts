import type { FloorsDecision, LedgerEntry } from '@evenkeel/core/explain';
import { isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import { MINUTES_PER_WEEK, type Minute, minute } from '@evenkeel/core/quantities';
import { parsePolicy } from '@evenkeel/core/workload';
import type { KnownGroup } from '@evenkeel/engine/answers';
import { entriesBack, isAbout } from '@evenkeel/engine/ledger';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import type { Message } from '../messages/message.ts';
import { drawChart } from './draw-chart.ts';

const STEP = 10;
const BEFORE = 16 * 60;
const AFTER = 8 * 60;
/** A floor that has not changed for a week is not looked for. */
const LOOKED_BACK = MINUTES_PER_WEEK;

export interface ChartSources {
  readonly ports: Pick<Ports, 'records' | 'ledger'> & { readonly metrics: Pick<Ports['metrics'], 'demand'> };
  /** The group a message is about; undefined where it does not exist any more. */
  readonly groupOf: (message: Message) => Promise<KnownGroup | undefined>;
}

/**
 * Draws the picture under a message: need and instances in service of the last 16 hours, floors as they were written, and the
 * plan of the next 8. Undefined where the message is about no one group or nothing is known of it.
 */
export function createChartOf({
  ports,
  groupOf,
}: ChartSources): (message: Message) => Promise<Uint8Array | undefined> {
  return async (message) => {
    const group = await groupOf(message);
    if (group === undefined) return undefined;
    const start = minute(Math.floor((message.at - BEFORE) / STEP) * STEP);
    const parsed = parsePolicy(group.tags);
    if (!parsed.ok) return undefined;
    const [reading, record, entries] = await Promise.all([
      ports.metrics.demand(group.ref, start, message.at),
      ports.records.load(group.ref),
      floorsSince(ports.ledger, { ref: group.ref, workload: message.workload, start }),
    ]);
    const known =
      (values: Float64Array, divisor = 1) =>
      (step: number) => {
        const at = start + step * STEP - reading.demand.start;
        return mean(values.subarray(Math.max(0, at), Math.max(0, at + STEP))) / divisor;
      };
    const steps = (BEFORE + AFTER) / STEP;
    const series = (value: (step: number) => number) =>
      Float64Array.from({ length: steps }, (_, step) => value(step));
    return drawChart({
      start,
      stepMinutes: STEP,
      need: series(known(reading.demand.values, parsed.policy.sloUtilisation)),
      capacity: series(known(reading.inService)),
      floors: series((step) =>
        floorAt(minute(start + step * STEP), entries, record?.written ?? [], message.at),
      ),
      now: message.at,
    });
  };
}

/** What was written as floors in the picture, and the last before it, newest first; a large workload's ledger is read no further. */
async function floorsSince(
  ledger: ChartSources['ports']['ledger'],
  { ref, workload, start }: { readonly ref: GroupRef; readonly workload: string; readonly start: Minute },
): Promise<readonly LedgerEntry[]> {
  const since = minute(start - LOOKED_BACK);
  const found: LedgerEntry[] = [];
  for await (const entry of entriesBack(ledger, { workload, since })) {
    if (!isAbout(ref, entry) || !isFloors(entry)) continue;
    found.push(entry);
    if (entry.at <= start) break;
  }
  return found;
}

/** The floor of a minute: as decided then, and after the message as planned; NaN where neither is known. */
function floorAt(
  at: Minute,
  entries: readonly LedgerEntry[],
  written: readonly ScheduledAction[],
  now: Minute,
): number {
  if (at <= now) {
    const decided = entries.find((entry) => entry.at <= at);
    return decided ? (decided.decision as FloorsDecision).floorNow : Number.NaN;
  }
  const due = written.filter((step) => isOurs(step) && step.start <= at).sort((a, b) => b.start - a.start)[0];
  return due?.minSize ?? floorAt(now, entries, [], now);
}

/** Only what was written counts. */
function isFloors({ decision, outcome }: LedgerEntry): boolean {
  return decision?.kind === 'floors' && outcome?.kind === 'applied';
}

function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}
