import type { Asking } from '@evenkeel/engine/answers';

/**
 * What a slash command asks for: the words of the command line. Of an action it says what the person said: for how many minutes instead of
 * until when, and of a proposal the id that messages show.
 */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'status'; readonly workload?: string }
  | { readonly kind: 'why' | 'plan'; readonly workload: string }
  | Asking<'resume' | 'expect' | 'cancel-expected'>
  | Omit<Asking<'end-boost'>, 'entry'>
  | (Omit<Asking<'pause'>, 'until'> & { readonly minutes?: number })
  | (Omit<Asking<'boost'>, 'until'> & { readonly minutes: number })
  | (Omit<Asking<'approve'>, 'entry'> & { readonly id?: string })
  | (Omit<Asking<'reject'>, 'entry'> & { readonly id?: string })
  | (Omit<Asking<'roll-back'>, 'entry' | 'reason'> & { readonly id?: string })
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
