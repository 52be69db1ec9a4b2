import type { Instances, Minute } from '@evenkeel/core/quantities';

/** What people may ask for, whichever way they ask; every kind may be asked for twice with one effect. */
interface Asks {
  readonly approve: OfProposal;
  readonly reject: OfProposal;
  readonly 'roll-back': OfProposal;
  readonly release: OfWorkload;
  readonly 'end-boost': OfWorkload;
  /** Without a workload: everything. */
  readonly pause: { readonly workload?: string; readonly until?: Minute; readonly note?: string };
  readonly resume: { readonly workload?: string };
  /** The button's mode off; where a tag says otherwise, the tag counts (S1). */
  readonly off: { readonly workload: string };
  /** `add`: instances more than there are; `factor`: a multiple of them. One of the two. */
  readonly boost: {
    readonly workload: string;
    readonly add?: Instances;
    readonly factor?: number;
    readonly until: Minute;
  };
  readonly expect: {
    readonly workload: string;
    readonly name: string;
    readonly factor: number;
    readonly from: Minute;
    readonly until: Minute;
  };
  readonly 'cancel-expected': { readonly workload: string; readonly name: string };
}

interface OfProposal {
  readonly workload: string;
  /** The ledger entry that is answered. */
  readonly entry: string;
  readonly reason?: string;
}

interface OfWorkload {
  readonly workload: string;
  readonly entry?: string;
}

/** What an allowed answer does. `by` is the person's stable id (`slack:U…`). */
export type Action = {
  readonly [Kind in keyof Asks]: { readonly kind: Kind; readonly by: string } & Asks[Kind];
}[keyof Asks];

/** An action of a kind before it is known who asks for it. */
export type Asking<Kind extends Action['kind']> = {
  readonly [K in Kind]: { readonly kind: K } & Asks[K];
}[Kind];

/** What came of it. `said` is a sentence for the person. */
export type Performed =
  | { readonly kind: 'done'; readonly said: string }
  | { readonly kind: 'refused'; readonly because: string; readonly said: string };

/** What was asked for is done. */
export function done(said: string): Performed {
  return { kind: 'done', said };
}

/** What was asked for is not done; `because` is a short code for the ledger. */
export function refused(because: string, said: string): Performed {
  return { kind: 'refused', because, said };
}

/** Evenkeel's own use cases, as far as people may set them off; built in a composition file. */
export interface Actions {
  readonly perform: (action: Action) => Promise<Performed>;
  /** Plain text for the three questions; undefined where there is no such workload. */
  readonly status: (workload?: string) => Promise<string | undefined>;
  readonly why: (workload: string) => Promise<string | undefined>;
  readonly plan: (workload: string) => Promise<string | undefined>;
}
