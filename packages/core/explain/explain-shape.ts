import { rejectionSentence, verdictSentence } from '../shape/sentences.ts';
import { monthlyMoney, number, shape, utc } from './in-words.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { decisionSentence, outcomeSentence } from './sentences.ts';
import type { RankedSummary, RejectedSummary, ShapeChoiceSummary } from './shape-choice-summary.ts';
import type { ShapeProposedDecision, ShapeReviewedDecision } from './shape-decisions.ts';
import { shapeReviewReason } from './shape-review-reason.ts';

/** The answer to "why these instances, and why not others?", from the ledger alone. */
export interface ShapeExplanation {
  readonly headline: string;
  /** What decided, sentence by sentence. */
  readonly because: readonly string[];
  /** The best five; `isPresent` marks the type the group runs on, which is last where it is not among them. */
  readonly ranked: readonly (RankedSummary & { readonly isPresent: boolean })[];
  /** One sentence for each reason why types are out, the most frequent first. */
  readonly notThese: readonly string[];
  /** What came of shapes since, oldest first. */
  readonly since: readonly string[];
}

type ShapeFinding = (ShapeProposedDecision | ShapeReviewedDecision) & { readonly choice: ShapeChoiceSummary };

/** Explains the shape of one group from its ledger entries, in any order; undefined where no review looked at it yet. */
export function explainShape(entries: readonly LedgerEntry[]): ShapeExplanation | undefined {
  const oldestFirst = [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const entry = oldestFirst.findLast(({ decision }) => findingOf(decision) !== undefined);
  const finding = findingOf(entry?.decision);
  if (entry === undefined || finding === undefined) return undefined;
  const { choice } = finding;
  return {
    headline: headlineOf(finding, entry),
    because: becauseOf(finding),
    ranked: rankedWithPresent(choice),
    notThese: choice.rejected.map(notThese),
    since: oldestFirst.filter((each) => each.at >= entry.at && isLater(each)).map(line),
  };
}

function findingOf(decision: LedgerEntry['decision']): ShapeFinding | undefined {
  const shapes = decision?.kind === 'shape-proposed' || decision?.kind === 'shape-reviewed';
  return shapes && decision.choice !== undefined ? (decision as ShapeFinding) : undefined;
}

function headlineOf(finding: ShapeFinding, { at, outcome }: LedgerEntry): string {
  if (finding.kind === 'shape-reviewed')
    return `It stays ${shape(finding.shape)}: ${shapeReviewReason(finding)} (${utc(at)}).`;
  const { asks, expires } = finding;
  const answer =
    asks && expires !== undefined ? `waits for an answer until ${utc(expires)}` : outcomeSentence(outcome);
  return `${shape(finding.to)} instead of ${shape(finding.from)}, proposed ${utc(at)}${answer === '' ? '' : `; ${answer}`}.`;
}

function becauseOf(finding: ShapeFinding): readonly string[] {
  const { choice } = finding;
  const money = finding.kind === 'shape-proposed' ? monthlyMoney(finding.expected) : undefined;
  const work =
    finding.kind === 'shape-proposed'
      ? [
          `Per vCPU ${finding.to.types[0]} does ${number(finding.performanceFactor, 2)} x the work of ${finding.from.types[0]} at ${number(finding.priceFactor, 2)} x the price.`,
        ]
      : [];
  return [
    ...(money === undefined ? [] : [`${money}.`]),
    ...work,
    ...(choice.verdict ? [verdictSentence(choice.verdict)] : []),
    `Replayed on ${choice.historyDays} days of the group's own demand${choice.zonesAtRisk > 1 ? `, with room for the loss of one of ${choice.zonesAtRisk} zones` : ''}.`,
    choice.memory === 'measured'
      ? 'Memory is measured and was held against each type.'
      : 'Memory is not measured, so nothing with less of it per vCPU than now is considered; the CloudWatch agent would show it.',
    choice.priceBasis === 'list'
      ? 'Prices are list prices; discounts and commitments can be stated in the settings.'
      : 'Prices are the stated ones.',
  ];
}

function rankedWithPresent({ top, present }: ShapeChoiceSummary): ShapeExplanation['ranked'] {
  const marked = top.map((each) => ({ ...each, isPresent: each.type === present.type }));
  return marked.some(({ isPresent }) => isPresent) ? marked : [...marked, { ...present, isPresent: true }];
}

function notThese({ types, example, others }: RejectedSummary): string {
  const sentence = rejectionSentence(example);
  if (types === 1) return sentence;
  const named = others.length > 0 ? `, such as ${others.join(', ')}` : '';
  return `${sentence} The same goes for ${number(types - 1)} more${named}.`;
}

const LATER = ['shape-started', 'canary-verdict', 'shape-finished', 'shape-rolled-back', 'shape-verified'];

function isLater({ decision }: LedgerEntry): boolean {
  return decision !== undefined && LATER.includes(decision.kind);
}

function line({ at, decision }: LedgerEntry): string {
  return `${utc(at)} ${decisionSentence(decision!)}`;
}
