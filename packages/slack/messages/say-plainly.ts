import { SLACK_LIMITS } from './block.ts';
import { nameOf } from './compose.ts';
import type { Message } from './message.ts';
import { bold, clip } from './mrkdwn.ts';

/** The message as one mrkdwn text, where only text can be sent: webhooks, and blocks that Slack refuses. */
export function sayPlainly(message: Message): string {
  const { telling, workload } = message;
  const answer = telling.buttons.includes('approve')
    ? [`*Answer*  \`/evenkeel approve ${nameOf(workload)}\` or \`evenkeel approve ${nameOf(workload)}\``]
    : [];
  const text = [
    `${bold(nameOf(workload))}: ${telling.headline}`,
    `*Before*  ${telling.before}`,
    `*After*  ${telling.after}`,
    `*Why*  ${telling.why}`,
    `*Money*  ${telling.money}`,
    `*Risk*  ${telling.risk}`,
    `*Next*  ${telling.next}`,
    `*How to stop it*  ${telling.stop}`,
    ...answer,
    ...(telling.lines ?? []),
  ].join('\n');
  return clip(text, SLACK_LIMITS.text);
}
