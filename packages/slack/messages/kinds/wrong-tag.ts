import type { Excuse, LedgerEntry } from '@evenkeel/core/explain';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { Telling } from '../message.ts';
import { code, escaped } from '../mrkdwn.ts';
import { weekOf } from '../phrases.ts';

/** A tag cannot be read; the group is left alone until it is right. */
export function tellWrongTag(excuse: Excuse, entry: LedgerEntry): Telling {
  const key = String(excuse.facts.key ?? excuse.bottleneck);
  const value = String(excuse.facts.value ?? '');
  const write = String(excuse.facts.write ?? excuse.facts.instead ?? '');
  const written = `${key}=${value}`;
  return {
    importance: 'alert',
    sign: 'warning',
    headline: `the tag ${code(key)} is not right; the group is left alone`,
    before: code(written),
    after: 'left alone: nothing is planned, nothing is written',
    why: `${code(written)} cannot be read${write === '' ? '' : `; write ${escaped(write)}`}.`,
    money: 'unchanged',
    risk: 'as before Evenkeel: your own scaling alone',
    next: 'As soon as the tag is right, the next tick reads it and goes on. Nobody has to tell Evenkeel.',
    stop: `Correct the tag, or take ${code(WORKLOAD_TAG)} away.`,
    once: `wrong-tag:${entry.group}:${written}:${weekOf(entry.at)}`,
    buttons: [],
  };
}
