import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { entriesBack, isAbout } from '../../ledger/index.ts';
import type { ShapeTrail } from '../../ports/index.ts';
import { type Run, remember } from '../../run/run.ts';

/** What is older than this decides nothing any more. */
const FIRST_LOOK_MINUTES = 60 * MINUTES_PER_DAY;
/** A type somebody said no to, or that saved too little, is not proposed again for so long. */
const REJECTED_MINUTES = 30 * MINUTES_PER_DAY;
/** The first look reads no further back than this many entries. */
const MOST_ENTRIES = 5000;

/** Brings what the ledger says of the group's shapes up to date, and remembers it. */
export async function readShapeTrail(run: Run): Promise<ShapeTrail> {
  const before = run.record.shapeTrail ?? {
    readTo: (run.minute - FIRST_LOOK_MINUTES) as Minute,
    rolledBack: [],
    unavailable: [],
    measured: [],
  };
  const entries = await entriesSince(run, before.readTo);
  const trail = entries.reduce((standing, entry) => withEntry(standing, entry), before);
  const kept: ShapeTrail = {
    ...trail,
    readTo: run.minute,
    rolledBack: trail.rolledBack.filter(({ notBefore }) => notBefore > run.minute),
    unavailable: trail.unavailable.filter(({ until }) => until > run.minute),
  };
  remember(run, { shapeTrail: kept });
  return kept;
}

/** Entries of the workload from a minute on, oldest first. That minute itself is read twice: an entry may have come after the look. */
async function entriesSince(run: Run, since: Minute): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  let read = 0;
  for await (const entry of entriesBack(run.ports.ledger, { workload: run.workload, since })) {
    if (isOurs(run, entry)) found.push(entry);
    read += 1;
    if (read === MOST_ENTRIES) break;
  }
  return found.toReversed();
}

/** Answers may stand under the workload as a whole. */
function isOurs({ group }: Run, entry: LedgerEntry): boolean {
  return entry.decision?.kind === 'answer' || isAbout(group.ref, entry);
}

function withEntry(trail: ShapeTrail, entry: LedgerEntry): ShapeTrail {
  const { decision, at } = entry;
  switch (decision?.kind) {
    case 'shape-proposed':
      return { ...trail, proposed: { id: entry.id, at, type: decision.to.types[0] ?? '' } };
    case 'shape-started':
    case 'shape-finished':
      return { ...trail, lastChange: at };
    case 'shape-rolled-back': {
      const { tried, notBefore } = decision;
      return withoutType({ ...trail, lastChange: at }, tried.types[0], notBefore);
    }
    case 'shape-verified':
      if (decision.kept !== false) return trail;
      return withoutType(trail, decision.to.types[0], (at + REJECTED_MINUTES) as Minute);
    case 'canary-verdict': {
      const [type, against] = [decision.to.types[0], decision.from.types[0]];
      const factor = decision.performanceFactor?.after;
      if (type === undefined || against === undefined || factor === undefined) return trail;
      // Measured on stand-ins: a factor of no one type.
      if (decision.measuredOn !== undefined) return trail;
      const others = trail.measured.filter((each) => each.type !== type);
      return { ...trail, measured: [...others, { type, against, factor }] };
    }
    case 'launch-shortage': {
      const { type, purchase, avoidedUntil } = decision;
      const zones = decision.zone.split(', ');
      const failed = zones.map((zone) => ({ type, zone, purchase, until: avoidedUntil }));
      const others = trail.unavailable.filter(
        (each) => !(each.type === type && each.purchase === purchase && zones.includes(each.zone)),
      );
      return { ...trail, unavailable: [...others, ...failed] };
    }
    case 'answer': {
      const { proposed } = trail;
      const said = decision.answer === 'reject' && decision.refused === undefined;
      if (!said || proposed === undefined || decision.to !== proposed.id) return trail;
      return withoutType(trail, proposed.type, (at + REJECTED_MINUTES) as Minute);
    }
    default:
      return trail;
  }
}

function withoutType(trail: ShapeTrail, type: string | undefined, notBefore: Minute): ShapeTrail {
  if (type === undefined) return trail;
  const others = trail.rolledBack.filter((each) => each.type !== type);
  return { ...trail, rolledBack: [...others, { type, notBefore }] };
}
