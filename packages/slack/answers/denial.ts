import { type AnswerDecision, FLEET } from '@evenkeel/core/explain';
import { type Answered, type Asked, refuse } from '@evenkeel/engine/answers';
import { code, when } from '../messages/mrkdwn.ts';
import { person } from '../messages/phrases.ts';
import type { Answering } from './answering.ts';
import { mayAnswer, namesOf } from './who-may.ts';

/** Why the person may not, as a polite sentence, recorded; undefined where they may. */
export async function denial(answering: Answering, asked: Asked): Promise<string | undefined> {
  const { workload } = asked.subject;
  // The whole fleet is as critical as its most critical workload.
  const tier = workload === FLEET ? 0 : await answering.tierOf(workload);
  if (tier === undefined) return `No group carries the workload ${code(workload)} now.`;
  const { who, members } = answering;
  if (await mayAnswer(asked.by.replace(/^slack:/, ''), { tier, who, members })) return undefined;
  await refuse(answering, asked, { because: 'not-allowed', said: '' });
  return `Sorry, answers for tier ${tier} are for ${namesOf(who[tier])}. Your wish is noted in the ledger.`;
}

const DID: Readonly<Record<AnswerDecision['answer'], string>> = {
  approve: 'approved it',
  reject: 'rejected it',
  snooze: 'put it off',
  'roll-back': 'rolled it back',
  pause: 'paused it',
  resume: 'resumed it',
  release: 'released the hold',
  boost: 'boosted it',
  expect: 'announced it',
  'end-boost': 'ended the boost',
  off: 'switched it off',
};

/** A refusal in words, with the winner where there is one. */
export function sayRefused(result: Extract<Answered, { kind: 'refused' }>): string {
  const { winner, said } = result;
  if (winner === undefined) return said;
  return `${person(winner.by)} ${DID[winner.answer]} already ${when(winner.at)}; nothing was changed by your answer.`;
}
