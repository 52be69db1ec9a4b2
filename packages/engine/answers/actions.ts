import type { Instances, Minute } from '@evenkeel/core/quantities';

/** What an allowed answer does. `by` is the person's stable id (`slack:U…`). Every one may be asked for twice with one effect. */
export type Action =
  | {
      readonly kind: 'approve' | 'reject' | 'roll-back';
      readonly workload: string;
      readonly entry: string;
      readonly by: string;
      readonly reason?: string;
    }
  | {
      readonly kind: 'release' | 'end-boost';
      readonly workload: string;
      readonly entry?: string;
      readonly by: string;
    }
  /** Without a workload: everything. */
  | {
      readonly kind: 'pause';
      readonly workload?: string;
      readonly until?: Minute;
      readonly note?: string;
      readonly by: string;
    }
  | { readonly kind: 'resume'; readonly workload?: string; readonly by: string }
  | {
      readonly kind: 'boost';
      readonly workload: string;
      /** Instances more than there are, or a multiple of them. */
      readonly add?: Instances;
      readonly factor?: number;
      readonly until: Minute;
      readonly by: string;
    }
  | {
      readonly kind: 'expect';
      readonly workload: string;
      readonly name: string;
      readonly factor: number;
      readonly from: Minute;
      readonly until: Minute;
      readonly by: string;
    }
  | {
      readonly kind: 'cancel-expected';
      readonly workload: string;
      readonly name: string;
      readonly by: string;
    };

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
