import type { Instances, Minute } from '@evenkeel/core/quantities';

/** What a slash command asks for: the words of the command line. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'status'; readonly workload?: string }
  | { readonly kind: 'why' | 'plan'; readonly workload: string }
  /** Without a workload: everything. */
  | { readonly kind: 'pause'; readonly workload?: string; readonly minutes?: number; readonly note?: string }
  | { readonly kind: 'resume'; readonly workload?: string }
  | {
      readonly kind: 'boost';
      readonly workload: string;
      /** Instances more than there are, or a multiple of them: one of the two. */
      readonly add?: Instances;
      readonly factor?: number;
      readonly minutes: number;
    }
  | { readonly kind: 'end-boost'; readonly workload: string }
  | {
      readonly kind: 'expect';
      readonly workload: string;
      readonly name: string;
      readonly factor: number;
      readonly from: Minute;
      readonly until: Minute;
    }
  | { readonly kind: 'cancel-expected'; readonly workload: string; readonly name: string }
  | {
      readonly kind: 'approve' | 'reject';
      readonly workload: string;
      readonly id?: string;
      readonly reason?: string;
    }
  | { readonly kind: 'roll-back'; readonly workload: string; readonly id?: string }
  /** The words could not be read: what is wrong and what to write instead. */
  | { readonly kind: 'problem'; readonly text: string };

/** Help for every command, in the order of the list. */
export const COMMAND_HELP: readonly (readonly [usage: string, what: string])[] = [
  ['status [WORKLOAD]', 'how it stands: size, plan, holds, what waits for an answer'],
  ['why WORKLOAD', 'why it has the size it has, and why not another'],
  ['plan WORKLOAD', 'the floors of the next 24 hours'],
  [
    'pause WORKLOAD|--all [--for 4h] [--note TEXT]',
    'hands off: pending floors are taken away, your target comes back',
  ],
  ['resume WORKLOAD|--all', 'ends a pause or a hold'],
  [
    'boost WORKLOAD --add 4 --for 2h',
    'so many instances more for a time, or `boost WORKLOAD --factor 1.5 --for 2h` times the plan; `boost WORKLOAD --end` ends it',
  ],
  [
    'expect WORKLOAD --name sale --factor 3 --from 2026-11-27T09:00 --until 2026-11-27T18:00',
    'announces demand, times in UTC; `expect WORKLOAD --cancel sale` takes it back',
  ],
  ['approve WORKLOAD [ID]', 'approves what waits for an answer'],
  ['reject WORKLOAD [ID] [--note TEXT]', 'rejects it; the note is kept'],
  ['rollback WORKLOAD [ID]', "takes a change back: instances to the old type, the target to the owner's"],
  ['help', 'this list'],
];
