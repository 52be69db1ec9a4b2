import type { ShapeProposedDecision } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';

/** A proposal with the figures a rollout needs, without why it was chosen. */
export type ProposalInFigures = Omit<ShapeProposedDecision, 'choice' | 'terms'> &
  Required<Pick<ShapeProposedDecision, 'terms'>>;

/** A proposal that is to be carried out, as it stands in the ledger. Plain JSON: a durable workflow begins with it. */
export interface RolloutRequest {
  /** The ledger id of the proposal: it is carried out once. */
  readonly id: string;
  readonly at: Minute;
  readonly workload: string;
  readonly ref: GroupRef;
  readonly proposal: ProposalInFigures;
}

/** Starts what carries a proposal out, and does not wait for its end. */
export interface RolloutStarter {
  /** Starting the same request again starts nothing; rejects only where trying again may help. */
  start(request: RolloutRequest): Promise<'started' | 'already-started'>;
}
