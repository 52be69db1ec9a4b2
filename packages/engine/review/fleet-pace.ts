import { nameStrategy, type Strategy } from '@evenkeel/core/forecast';
import { MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute } from '@evenkeel/core/quantities';
import type { ReplayGate } from '@evenkeel/core/savings';
import { parsePolicy, seriesKey, type Tier, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { GroupSnapshot } from '../ports/index.ts';
import { excuse, type Run } from '../run/run.ts';
import type { EngineSettings } from '../run/settings.ts';

/** S24: new targets or strategies for at most this share of the groups a day, and at least one. */
const SHARE = 0.1;
/** A review that runs an hour earlier than yesterday's still counts as the next day's. */
const DAY = MINUTES_PER_DAY - 60;
/** Who asked for a turn and got none is remembered for two nights. */
const WAITS = 2 * MINUTES_PER_DAY;
/** Processes of other places may change the document at the same time. */
const TRIES = 5;

const COLLECTION = 'fleet';
const KEY = 'pace';

interface Turn {
  readonly at: Minute;
  readonly tier: Tier;
  /** Its last nights had more hot minutes than replayed. */
  readonly worse?: boolean;
}

/** Which series were changed in the last week and which wait, shared by all processes that review groups of one table. */
interface Pace {
  readonly changed: Readonly<Record<string, Turn>>;
  readonly waiting: Readonly<Record<string, Turn>>;
}

/**
 * S24: whether the series may go to another strategy tonight. A target that falls never waits; one that goes on rising under the same
 * floors belongs to a change that has its turn. Where nothing is written there is nothing to pace.
 */
export async function mayChange(
  run: Run,
  policy: WorkloadPolicy,
  { from, to }: { readonly from: Strategy; readonly to: Strategy },
): Promise<boolean> {
  const { settings, minute } = run;
  const writes = policy.mode === 'auto' || policy.mode === 'approve';
  const falls = to.target < from.target - 1e-9;
  if (!isPaced(settings) || !writes || falls || nameStrategy(from) === nameStrategy(to)) return true;
  const key = seriesKey(policy);
  const limit = Math.max(1, Math.floor(SHARE * (settings.fleetGroups ?? 1)));
  const goesOn = nameStrategy({ ...from, target: 0 }) === nameStrategy({ ...to, target: 0 });
  let facts: Readonly<Record<string, number>> = { limit };
  const granted = await update(run, (before) => {
    const own = before.changed[key];
    const today = Object.values(before.changed).filter(({ at }) => minute - at < DAY);
    const ahead = Object.values(before.waiting).filter(({ tier }) => tier > policy.tier).length;
    const worse = Object.values(before.changed).filter((each) => each.worse).length;
    facts = { limit, changed: today.length, ahead, worse };
    if (own !== undefined && (minute - own.at < DAY || (goesOn && !own.worse)))
      return { pace: before, ok: true };
    const turn: Turn = { at: minute, tier: policy.tier };
    if (worse > 0 || today.length + ahead >= limit)
      return { pace: { ...before, waiting: { ...before.waiting, [key]: turn } }, ok: false };
    const { [key]: _, ...waiting } = before.waiting;
    return { pace: { changed: { ...before.changed, [key]: turn }, waiting }, ok: true };
  });
  if (!granted) excuse(run, { code: 'fleet-pace', bottleneck: 'changes a day', facts });
  return granted;
}

/** S24: the next tenth only if hot minutes stayed as replayed: notes of a series that was changed whether they did. */
export async function noteHotMinutes(run: Run, policy: WorkloadPolicy, gate: ReplayGate): Promise<void> {
  if (!isPaced(run.settings) || gate.kind === 'not-measured') return;
  const key = seriesKey(policy);
  const worse = gate.kind === 'does-not-match';
  await update(run, (before) => {
    const own = before.changed[key];
    if (own === undefined || (own.worse ?? false) === worse) return { pace: before, ok: true };
    return { pace: { ...before, changed: { ...before.changed, [key]: { ...own, worse } } }, ok: true };
  });
}

/** S24: lowest tier first; a group whose tags are wrong is not changed at all. */
export function leastCriticalFirst(groups: readonly GroupSnapshot[]): readonly GroupSnapshot[] {
  const tierOf = ({ tags }: GroupSnapshot): Tier => {
    const parsed = parsePolicy(tags, undefined);
    return parsed.ok ? parsed.policy.tier : 0;
  };
  return groups.toSorted((a, b) => tierOf(b) - tierOf(a));
}

/** Scoring goes without any rule that paces a live group. */
function isPaced({ pacing, fleetPace }: EngineSettings): boolean {
  return pacing && fleetPace;
}

/** Reads, decides and writes over what was read; who loses every race gets no turn tonight. */
async function update(
  { ports, minute }: Run,
  change: (before: Pace) => { readonly pace: Pace; readonly ok: boolean },
): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const document = await ports.documents.read<Pace>(COLLECTION, KEY);
    const before = lately(document?.value ?? { changed: {}, waiting: {} }, minute);
    const { pace, ok } = change(before);
    if (pace === before) return ok;
    if (await ports.documents.write(COLLECTION, KEY, pace, { expected: document?.version ?? 0 })) return ok;
  }
  return false;
}

function lately({ changed, waiting }: Pace, now: Minute): Pace {
  const since = (turns: Pace['changed'], minutes: number) =>
    Object.fromEntries(Object.entries(turns).filter(([, { at }]) => now - at < minutes));
  return { changed: since(changed, MINUTES_PER_WEEK), waiting: since(waiting, WAITS) };
}
