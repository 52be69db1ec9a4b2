import { createHash } from 'node:crypto';
import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { SLACK_LIMITS } from './block.ts';
import { blocksOf, footerOf } from './blocks.ts';
import type { Message, Telling } from './message.ts';
import { clip, plain, when } from './mrkdwn.ts';
import { dayOf } from './phrases.ts';
import type { Told } from './tell.ts';

/** So much of a message's id is shown: enough to tell what waits in one workload apart. */
export const SHORT_ID = 8;

/** The name of the whole fleet in a message. */
export const FLEET_NAME = 'fleet';

/** The name people know a workload by. */
export function nameOf(workload: string): string {
  return workload === FLEET ? FLEET_NAME : workload;
}

/** The message of one thing told of one entry. */
export function compose(told: Told, entry: LedgerEntry): Message {
  const { telling } = told;
  const groups = entry.group === FLEET || entry.group === '' ? [] : [entry.group];
  const { place } = entry;
  const where = place === undefined ? '' : `${place.account}/${place.region}/`;
  const dedupeKey = `${where}${entry.workload}/${telling.once}`;
  const id = idOf(dedupeKey);
  return {
    dedupeKey,
    id,
    kind: told.kind,
    workload: entry.workload,
    groups,
    ...(place && { place }),
    day: dayOf(entry.at),
    at: entry.at,
    importance: telling.importance,
    text: textOf(entry.workload, telling),
    blocks: blocksOf(telling, {
      workload: nameOf(entry.workload),
      footer: footerOf({ groups, place, at: when(entry.at), id: id.slice(0, SHORT_ID) }),
      answersTo: id,
    }),
    buttons: telling.buttons,
    entries: [entry.id],
    telling,
  };
}

/** A key as a short id: 120 bits are enough never to meet the same twice. */
export function idOf(dedupeKey: string): string {
  return createHash('sha256').update(dedupeKey).digest('hex').slice(0, 30);
}

/** One line for notifications and for clients that show no blocks. */
export function textOf(workload: string, telling: Telling): string {
  return clip(plain(`${nameOf(workload)}: ${telling.headline}`), SLACK_LIMITS.text);
}

/** The message at the end of a workload's thread: it stands nowhere else, and not at all where nothing was said that day. */
export function composeSummary(telling: Telling, workload: string, at: Minute): Message {
  const day = dayOf(at);
  const dedupeKey = `${workload}/${telling.once}:${day}`;
  const id = idOf(dedupeKey);
  return {
    dedupeKey,
    id,
    kind: telling.once,
    workload,
    groups: [],
    day,
    at,
    importance: telling.importance,
    text: textOf(workload, telling),
    blocks: blocksOf(telling, {
      workload: nameOf(workload),
      footer: footerOf({ groups: [], at: when(at), id: id.slice(0, SHORT_ID) }),
      answersTo: id,
    }),
    buttons: telling.buttons,
    entries: [],
    telling,
    onlyInThread: true,
    quiet: true,
  };
}
