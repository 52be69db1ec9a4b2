import { counted, decisionSentence, type LedgerEntry, type Outcome } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

type Failure = Extract<Outcome, { kind: 'failed' | 'partly-applied' }>;

/** What was decided could not be written. */
export function tellWriteFailed(outcome: Failure, entry: LedgerEntry): Telling {
  const what = (entry.decision?.kind ?? 'write').replaceAll('-', ' ');
  const decided = entry.decision === undefined ? 'a change' : decisionSentence(entry.decision);
  const message =
    outcome.kind === 'failed' ? outcome.message : (outcome.failures[0]?.message ?? 'no reason given');
  const failed =
    outcome.kind === 'failed' ? 'nothing of it' : `all but ${counted(outcome.failures.length, 'item')} of it`;
  return {
    importance: 'alert',
    sign: 'warning',
    headline: `AWS refused ${outcome.kind === 'failed' ? 'a change' : 'a part of a change'} of its ${escaped(what)}`,
    before: `wanted: ${escaped(decided)}`,
    after: `written: ${failed}`,
    why: `AWS said: ${code(message)}.`,
    money: 'unchanged where nothing was written',
    risk: 'what stood before still stands; the written plan and target tracking go on',
    next: 'The next tick decides anew on what it then reads, and tries again.',
    stop: `${code('evenkeel doctor')} names a missing permission; ${code(`/evenkeel pause ${entry.workload}`)} stops the tries.`,
    once: `write-failed:${entry.group}:${what}:${message}:${dayOf(entry.at)}`,
    buttons: ['why', 'pause'],
  };
}
