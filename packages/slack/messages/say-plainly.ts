import { SLACK_LIMITS } from './block.ts';
import { nameOf } from './compose.ts';
import type { Message } from './message.ts';
import { bold, clip, code } from './mrkdwn.ts';

/** The command in Slack, and the one of the same words on the command line. */
const SLASH = '`/evenkeel ';
const SHELL = '`evenkeel ';

/**
 * The message as one mrkdwn text, where only text can be sent: webhooks, and blocks that Slack refuses. What buttons would do is said as a
 * command: of the command line where Slack has none (`slashCommands` false).
 */
export function sayPlainly(message: Message, { slashCommands }: { readonly slashCommands: boolean }): string {
  const { telling, workload } = message;
  const answer = telling.buttons.includes('approve')
    ? [`*Answer*  ${code(`/evenkeel approve ${workload}`)} or ${code(`/evenkeel reject ${workload}`)}`]
    : [];
  const text = [
    `${bold(nameOf(workload))}: ${telling.headline}`,
    `*Before*  ${telling.before}`,
    `*After*  ${telling.after}`,
    `*Why*  ${telling.why}`,
    `*Money*  ${telling.money}`,
    `*Risk*  ${telling.risk}`,
    `*Next*  ${telling.next}`,
    `*How to stop it*  ${withoutButtons(telling.stop, workload)}`,
    ...answer,
    ...(telling.lines ?? []),
  ].join('\n');
  return clip(slashCommands ? text : text.replaceAll(SLASH, SHELL), SLACK_LIMITS.text);
}

function withoutButtons(text: string, workload: string): string {
  return text
    .replace(/Press [A-Z][a-z]+(?: [a-z]+)?, or /, '')
    .replace('Press Roll back', code(`/evenkeel rollback ${workload}`));
}
