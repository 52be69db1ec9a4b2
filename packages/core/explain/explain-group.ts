import type { Decision, DecisionKind } from './decision.ts';
import { excuseSentence } from './excuse-sentence.ts';
import { counted, number, utc } from './in-words.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { decisionWithOutcome } from './sentences.ts';

/** The answer to "why is this group at 14?", from the ledger alone. */
export interface Explanation {
  /** How things stand, in one sentence. */
  readonly headline: string;
  /** The decisions that hold now, the most recent floors first. */
  readonly because: readonly string[];
  /** What is not done and why. */
  readonly notDone: readonly string[];
}

/** Kinds whose newest entry still says how things stand, in the order a reader asks for them. */
const STANDING: readonly DecisionKind[] = ['hold', 'floors', 'target', 'give-back', 'strategy', 'adoption'];

/** Explains one group from its ledger entries, in any order. */
export function explainGroup(entries: readonly LedgerEntry[]): Explanation {
  const newestFirst = [...entries].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const standing = STANDING.flatMap((kind) => {
    const entry = newestFirst.find((each) => each.decision?.kind === kind);
    return entry?.decision !== undefined && stillStands(entry, newestFirst) ? [entry] : [];
  });
  return {
    headline: headlineOf(newestFirst),
    because: standing.map((entry) => lineOf(entry, entry.decision!)),
    notDone: excusesInForce(newestFirst).map(excuseSentence),
  };
}

/** A hold ends with its release; what was given back makes earlier floors and targets history, and the other way round. */
function stillStands(entry: LedgerEntry, newestFirst: readonly LedgerEntry[]): boolean {
  const undoneBy: Partial<Record<DecisionKind, readonly DecisionKind[]>> = {
    hold: ['release'],
    floors: ['give-back'],
    target: ['give-back'],
    'give-back': ['floors', 'target'],
  };
  const kinds = undoneBy[entry.decision!.kind] ?? [];
  return !newestFirst.some(
    (later) => isAfter(later, entry) && kinds.includes(later.decision?.kind as DecisionKind),
  );
}

function isAfter(a: LedgerEntry, b: LedgerEntry): boolean {
  return a.at > b.at;
}

function headlineOf(newestFirst: readonly LedgerEntry[]): string {
  const floors = newestFirst.find((entry) => entry.decision?.kind === 'floors');
  const decision = floors?.decision;
  if (floors === undefined || decision?.kind !== 'floors')
    return 'Nothing has been decided about the size of this group.';
  if (floors.outcome?.kind === 'told') {
    return `Evenkeel would keep at least ${counted(decision.floorNow, 'instance')}, but only tells so; the group has its owner's size.`;
  }
  if (!stillStands(floors, newestFirst)) {
    return "Evenkeel keeps its hands off; the group goes by its owner's own scaling and returns to its home minimum.";
  }
  if (floors.outcome?.kind === 'failed') {
    return `Evenkeel would keep at least ${counted(decision.floorNow, 'instance')}, but AWS refuses the change; what stood before still stands.`;
  }
  const need = decision.needNow === undefined ? '' : ` (demand needed ${number(decision.needNow)} then)`;
  return `At least ${counted(decision.floorNow, 'instance')} since ${utc(floors.at)}${need}; what is above that, target tracking added.`;
}

function lineOf(entry: LedgerEntry, decision: Decision): string {
  return `${utc(entry.at)} ${decisionWithOutcome(decision, entry.outcome)}`;
}

/** What the newest entry of the ticks and of the reviews could not do. */
function excusesInForce(newestFirst: readonly LedgerEntry[]) {
  const newestOf = (useCase: string) => newestFirst.find(({ id }) => id.startsWith(`${useCase}/`));
  return ['tick', 'review'].flatMap((useCase) => newestOf(useCase)?.excuses ?? []);
}
