import type { ProposalInFigures } from '../ports/index.ts';

/** A change of shape as a review proposes it, for tests; `changes` say what it is about. */
export function plainProposal(changes: Partial<ProposalInFigures> = {}): ProposalInFigures {
  return {
    kind: 'shape-proposed',
    from: { types: ['m6i.large'], count: 12 },
    to: { types: ['m6g.large'], count: 11 },
    expected: {},
    performanceFactor: 1.1,
    priceFactor: 0.8,
    asks: true,
    terms: {
      vcpus: { old: 2, fresh: 2 },
      usdPerInstanceHour: { old: 0.1, fresh: 0.08 },
      size: 12,
      demand: 8,
    },
    ...changes,
  };
}
