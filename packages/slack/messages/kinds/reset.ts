import { type LedgerEntry, number, type ResetDecision } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped } from '../mrkdwn.ts';
import { weekOf } from '../phrases.ts';

/** After so many resets in a week the group goes to recommend (S13). */
const MOST_RESETS = 3;

/** The lines that end it, for the tools that have such lines. */
const IGNORE_LINES = [
  '```',
  'lifecycle {',
  '  ignore_changes = [min_size, desired_capacity]',
  '}',
  '```',
].join('\n');

/** Infrastructure code wrote the group's own values back. */
export function tellReset(decision: ResetDecision, entry: LedgerEntry): Telling {
  const by = escaped(decision.by);
  const terraform = /terraform|tofu/i.test(decision.by);
  return {
    importance: 'alert',
    sign: 'back',
    headline: `${by} set ${escaped(decision.field)} back; the plan stands again`,
    before: `${escaped(decision.field)} ${number(decision.wrote)}, written by ${by}`,
    after: `${escaped(decision.field)} ${number(decision.restored)}, as planned`,
    why: `${by} wrote ${number(decision.wrote)} where the plan says ${number(decision.restored)}: a run of the code, not a decision of a person.`,
    money: 'unchanged: the plan holds',
    risk: 'for up to one tick the group was at its own minimum',
    next:
      decision.timesThisWeek >= MOST_RESETS
        ? `This was time ${decision.timesThisWeek} this week: the group goes to ${code('recommend')} until the code ignores the field.`
        : `Time ${decision.timesThisWeek} this week; at ${MOST_RESETS} the group goes to ${code('recommend')}.`,
    stop: terraform
      ? 'Add these lines to the group in Terraform:'
      : 'Leave the field out of the template, or tell the tool to ignore it.',
    once: `reset:${entry.group}:${decision.by}:${decision.field}:${weekOf(entry.at)}:${Math.min(decision.timesThisWeek, MOST_RESETS) >= MOST_RESETS ? 'last' : 'first'}`,
    buttons: ['why'],
    ...(terraform && { lines: [IGNORE_LINES] }),
  };
}
