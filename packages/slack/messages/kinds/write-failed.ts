import {
  counted,
  decisionSentence,
  duration,
  type LedgerEntry,
  type Outcome,
  type Refusals,
  refusalsInWords,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped, when } from '../mrkdwn.ts';
import { dayOf, howToPause } from '../phrases.ts';

type Failure = Extract<Outcome, { kind: 'failed' | 'partly-applied' }>;

/** What was decided could not be written. */
export function tellWriteFailed(outcome: Failure, entry: LedgerEntry): Telling {
  const what = (entry.decision?.kind ?? 'write').replaceAll('-', ' ');
  const decided = entry.decision === undefined ? 'a change' : decisionSentence(entry.decision);
  const message =
    outcome.kind === 'failed' ? outcome.message : (outcome.failures[0]?.message ?? 'no reason given');
  const failed =
    outcome.kind === 'failed' ? 'nothing of it' : `all but ${counted(outcome.failures.length, 'item')} of it`;
  const again = outcome.kind === 'failed' ? outcome.again : undefined;
  return {
    importance: 'alert',
    sign: 'warning',
    headline: `AWS refused ${outcome.kind === 'failed' ? 'a change' : 'a part of a change'} of its ${escaped(what)}`,
    before: `wanted: ${escaped(decided)}`,
    after: `written: ${failed}`,
    why: `AWS said: ${code(message)}.${again ? ` It has refused it ${refusalsInWords(again)}.` : ''}`,
    money: 'unchanged where nothing was written',
    risk: 'what stood before still stands; the written plan and target tracking go on',
    next: 'Every tick decides anew on what it then reads, and tries again. While AWS goes on refusing, that is said here once a day, and once more when it is over.',
    stop: `${code('evenkeel doctor')} names a missing permission; ${code(`/evenkeel pause ${entry.workload}`)} stops the tries.`,
    once: `write-failed:${entry.group}:${what}:${message}:${dayOf(entry.at)}`,
    buttons: ['why', 'pause'],
  };
}

/** What AWS refused time and again is written; for decisions that have no message of their own when they are. */
export function tellWriteTaken({ times, since }: Refusals, entry: LedgerEntry): Telling {
  const what = (entry.decision?.kind ?? 'write').replaceAll('-', ' ');
  return {
    importance: 'change',
    sign: 'good',
    headline: `AWS takes changes of its ${escaped(what)} again`,
    before: `refused ${counted(times, 'time')} in ${duration(entry.at - since)}, from ${when(since)} on`,
    after: entry.decision === undefined ? 'written' : escaped(decisionSentence(entry.decision)),
    why: 'What was tried again at every tick was done now.',
    money: 'as planned again',
    risk: 'as planned again',
    next: 'Nothing is wanted of you: the plan is up to date.',
    stop: `${howToPause(entry.workload)}.`,
    once: `write-taken:${entry.group}:${what}:${since}`,
    buttons: ['why'],
  };
}
