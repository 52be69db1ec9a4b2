import { FLEET } from '@evenkeel/core/explain';
import { minuteOf } from '@evenkeel/core/quantities';
import {
  type Action,
  type Answered,
  type Asked,
  giveAnswer,
  refuse,
  type Subject,
} from '@evenkeel/engine/answers';
import type { Person, Work } from '../inbound/request.ts';
import type { ButtonKind, Message } from '../messages/message.ts';
import { escaped } from '../messages/mrkdwn.ts';
import { answered } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { doCommand } from './command-work.ts';
import { denial, sayRefused } from './denial.ts';
import { show } from './show-answer.ts';
import { snooze } from './snooze.ts';
import { forgetStanding } from './standing.ts';

/** Does what was acknowledged. May be done twice; rejects where it should be tried again. */
export async function doWork(answering: Answering, { id, request }: Work): Promise<void> {
  switch (request.kind) {
    case 'press':
      return press(answering, {
        id,
        button: request.button,
        message: request.message,
        by: request.by,
        responseUrl: request.responseUrl,
      });
    case 'reason':
      return press(answering, {
        id,
        button: 'reject',
        message: request.message,
        by: request.by,
        reason: request.reason,
      });
    case 'command':
      return doCommand(answering, {
        id,
        words: request.words,
        by: request.by,
        responseUrl: request.responseUrl,
      });
    case 'probe':
    case 'unknown':
      return;
  }
}

interface Press {
  readonly id: string;
  readonly button: ButtonKind;
  readonly message: string;
  readonly by: Person;
  readonly responseUrl?: string | undefined;
  readonly reason?: string;
}

async function press(answering: Answering, pressed: Press): Promise<void> {
  const item = await answering.outbox.load(pressed.message);
  if (item === undefined) {
    return answering.reply(
      pressed.responseUrl,
      'That message is too old to be answered. `/evenkeel status` shows what stands now.',
    );
  }
  const { message } = item.value;
  if (pressed.button === 'why') return why(answering, message, pressed.responseUrl);
  const asked = askedBy(pressed, message);
  if (!message.buttons.includes(pressed.button)) {
    await refuse(answering, asked, { because: 'not-offered', said: '' });
    return answering.reply(pressed.responseUrl, 'That is not offered here.');
  }
  const denied = await denial(answering, asked);
  if (denied !== undefined) return answering.reply(pressed.responseUrl, denied);
  const result =
    pressed.button === 'snooze'
      ? await snooze(answering, asked, message)
      : await giveAnswer(answering, asked);
  await showResult(answering, { asked, result, message: pressed.message });
  if (result.kind === 'refused') await answering.reply(pressed.responseUrl, sayRefused(result));
}

/** Whoever was slower sees who was faster; both look at the same message. */
async function showResult(
  answering: Answering,
  { asked, result, message }: { readonly asked: Asked; readonly result: Answered; readonly message: string },
): Promise<void> {
  const now = answering.now();
  if (result.kind === 'done') {
    const { answer, by, reason } = asked;
    await show(answering.outbox, message, {
      now,
      look: (each) => answered(each, { answer, by, at: minuteOf(now), reason }),
      staysOpen: answer === 'snooze',
    });
    await forgetStanding(answering.documents, message);
  } else if (result.winner !== undefined) {
    const { winner } = result;
    await show(answering.outbox, message, { now, look: (each) => answered(each, winner) });
  }
}

async function why(answering: Answering, message: Message, responseUrl: string | undefined): Promise<void> {
  const told = message.workload === FLEET ? undefined : await answering.actions.why(message.workload);
  const said = told === undefined ? message.telling.why : `${message.telling.why}\n\n${escaped(told)}`;
  return answering.reply(responseUrl, said);
}

function askedBy({ id, button, by, reason }: Press, message: Message): Asked {
  const who = `slack:${by.id}`;
  const subject: Subject = {
    workload: message.workload,
    group: message.groups[0] ?? FLEET,
    ...(message.place && { place: message.place }),
    ...(message.entries[0] !== undefined && { entry: message.entries[0] }),
    ...(message.telling.rollout !== undefined && { rollout: message.telling.rollout }),
    ...(message.telling.answerBefore !== undefined && { before: message.telling.answerBefore }),
  };
  const answer = button === 'why' ? 'snooze' : button;
  return {
    answer,
    by: who,
    subject,
    request: id,
    action: actionOf(button, {
      workload: message.workload,
      by: who,
      ...(message.entries[0] !== undefined && { entry: message.entries[0] }),
      ...(reason !== undefined && { reason }),
    }),
    ...(reason !== undefined && { reason }),
  };
}

function actionOf(
  button: ButtonKind,
  {
    workload,
    entry,
    by,
    reason,
  }: { readonly workload: string; readonly entry?: string; readonly by: string; readonly reason?: string },
): Action {
  const scope = workload === FLEET ? {} : { workload };
  const about = entry === undefined ? {} : { entry };
  switch (button) {
    case 'approve':
    case 'reject':
    case 'roll-back':
      return { kind: button, workload, entry: entry ?? '', by, ...(reason !== undefined && { reason }) };
    case 'release':
    case 'end-boost':
      return { kind: button, workload, by, ...about };
    case 'resume':
      return { kind: 'resume', ...scope, by };
    case 'pause':
    case 'snooze':
    case 'why':
      return { kind: 'pause', ...scope, by };
  }
}
