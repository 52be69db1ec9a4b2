import type { Minute } from '@evenkeel/core/quantities';

/** A question about a proposal, and what came of it. Plain JSON. */
export interface Approval {
  /** The proposal's ledger id. */
  readonly id: string;
  readonly state: 'open' | 'approved' | 'rejected' | 'expired';
  readonly askedAt: Minute;
  /** The first minute in which nobody can answer any more. */
  readonly expires: Minute;
  readonly by?: string;
  readonly answeredAt?: Minute;
  /** Somebody wants the rollout back after it began. */
  readonly rollBackBy?: string;
  /** Where a waiting workflow wants to be called back. */
  readonly callback?: string;
}

export interface ApprovalAnswer {
  readonly answer: 'approved' | 'rejected';
  readonly by: string;
  readonly at: Minute;
}

/** What became of an answer: the first one in time counts. */
export type AnswerReception = 'taken' | 'already-answered' | 'expired' | 'unknown';

/** Questions to people, kept so that of two answers one wins and a late one does nothing. */
export interface Approvals {
  /** Asking again changes nothing but the callback. */
  ask(question: Pick<Approval, 'id' | 'askedAt' | 'expires' | 'callback'>): Promise<Approval>;
  read(id: string): Promise<Approval | undefined>;
  answer(id: string, answer: ApprovalAnswer): Promise<AnswerReception>;
  /** Closes a question nobody answered; gives the approval as it is then: an answer that came first stands. */
  expire(id: string, at: Minute): Promise<Approval | undefined>;
  /** Notes that somebody wants a rollout back; gives whether there is one. */
  wantBack(id: string, by: string): Promise<boolean>;
}
