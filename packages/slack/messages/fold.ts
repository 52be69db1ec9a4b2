import { counted, FLEET, isSamePlace } from '@evenkeel/core/explain';
import { blocksOf } from './blocks.ts';
import { idOf, nameOf, textOf } from './compose.ts';
import type { ButtonKind, Importance, Message, Telling } from './message.ts';
import { bold, clip, code, when } from './mrkdwn.ts';
import { dayOf } from './phrases.ts';

/** From so many workloads on, or groups of one workload, the same kind of thing within the window is one message. */
export const FOLD_FROM = 5;
/** Minutes within which things count as one fleet-wide event. */
export const FOLD_WINDOW = 15;
const LONGEST_LINE = 400;

/**
 * Folds what many workloads have in common at one time into one message, so that a fleet-wide event is told once and
 * not a hundred times; and what goes wrong in many groups of one workload into one message of that workload. Messages of
 * the whole fleet, and kinds of fewer than FOLD_FROM workloads or groups, stay as they are.
 *
 * @returns the messages in order of time; every entry of the input is told by exactly one of them
 */
export function foldFleetWide(messages: readonly Message[]): readonly Message[] {
  const kept: Message[] = [];
  for (const burst of burstsOf(messages)) {
    const workloads = new Set(burst.map((message) => message.workload));
    if (workloads.size < FOLD_FROM || workloads.has(FLEET)) kept.push(...foldEach(burst));
    else kept.push(foldOf(burst));
  }
  return kept.sort(byTime);
}

/** Questions keep their buttons, and news stands quietly in the thread: only what rings is folded within a workload. */
function foldEach(burst: readonly Message[]): readonly Message[] {
  const workloads = Map.groupBy(burst, (message) => message.workload);
  return [...workloads].flatMap(([workload, own]): readonly Message[] => {
    const alerts = own.filter(({ importance }) => importance === 'alert');
    const groups = new Set(alerts.map(groupOf));
    if (workload === FLEET || groups.size < FOLD_FROM) return own;
    return [foldOf(alerts), ...own.filter(({ importance }) => importance !== 'alert')];
  });
}

function groupOf({ place, groups }: Message): string {
  return `${place?.account}/${place?.region}/${groups[0]}`;
}

function byTime(a: Message, b: Message): number {
  return a.at - b.at || (a.dedupeKey < b.dedupeKey ? -1 : a.dedupeKey > b.dedupeKey ? 1 : 0);
}

/** Messages of one kind that begin within one window, window after window. */
function burstsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const kinds = Map.groupBy([...messages].sort(byTime), (message) => message.kind);
  const bursts: Message[][] = [];
  for (const same of kinds.values()) {
    let burst: Message[] = [];
    for (const message of same) {
      const first = burst[0];
      if (first === undefined || message.at - first.at >= FOLD_WINDOW) {
        burst = [];
        bursts.push(burst);
      }
      burst.push(message);
    }
  }
  return bursts;
}

const RANK: Readonly<Record<Importance, number>> = { answer: 0, alert: 1, change: 2 };

/** What a kind of thing is called where many workloads have it and say it differently. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  adoption: 'taken on',
  target: 'another CPU target',
  strategy: 'another strategy',
  hold: 'on hold',
  boost: 'boosted',
  'give-back': 'given back to their own configuration',
  'write-failed': 'AWS refused a change',
  'write-taken': 'AWS takes changes again',
  'wrong-tag': 'a tag is not right',
  'shape-proposed': 'better instances were found',
  'launch-shortage': 'AWS had no capacity',
  'spot-thrashing': 'AWS takes Spot instances back',
  'coming-shortage': 'a limit will be hit',
  'mode-offer': 'another mode is offered',
};

/** What all of them say; where they differ, the kind of thing it is. */
function common(burst: readonly Message[]): string {
  const headlines = new Set(burst.map((message) => message.telling.headline));
  const [only] = headlines;
  const { kind } = burst[0]!;
  return headlines.size === 1 && only !== undefined ? only : (KIND_NAMES[kind] ?? kind.replaceAll('-', ' '));
}

/** What acts on a whole workload, so that one button serves all its groups. */
const WORKLOAD_WIDE: ReadonlySet<ButtonKind> = new Set(['why', 'pause', 'resume', 'release', 'end-boost']);

/** The one message of several of one kind: of the workload where they are all of one, else of the fleet. */
export function foldOf(burst: readonly Message[]): Message {
  const first = burst[0]!;
  const workloads = [...new Set(burst.map((message) => message.workload))];
  const own = workloads.length === 1;
  const workload = own ? first.workload : FLEET;
  const among = own
    ? counted(new Set(burst.map(groupOf)).size, 'group')
    : counted(workloads.length, 'workload');
  const buttons = own ? first.buttons.filter((button) => WORKLOAD_WIDE.has(button)) : [];
  const importance = burst.map((message) => message.importance).sort((a, b) => RANK[a] - RANK[b])[0]!;
  const asks = importance === 'answer';
  const all = (part: 'before' | 'after' | 'why' | 'money' | 'risk' | 'next' | 'stop') => {
    const said = new Set(burst.map((message) => message.telling[part]));
    const [only] = said;
    return said.size === 1 && only !== undefined ? only : undefined;
  };
  const telling: Telling = {
    importance,
    sign: first.telling.sign,
    headline: `${common(burst)}, in ${among} at once`,
    before: all('before') ?? 'each as below',
    after: all('after') ?? 'each as below',
    why:
      all('why') ??
      `${burst.length} things of one kind in ${among} within ${FOLD_WINDOW} minutes are told as one.`,
    money: all('money') ?? 'each its own; the digest adds them up',
    risk: all('risk') ?? 'each its own',
    next: asks
      ? `Each waits for its own answer: ${code('/evenkeel approve')} with the workload's name.`
      : (all('next') ?? 'Each goes on by itself.'),
    stop:
      all('stop') ??
      `${code('/evenkeel pause')} with the workload's name; ${code('/evenkeel why')} with it tells the whole of it.`,
    once: `fold:${first.kind}:${first.dedupeKey}`,
    buttons,
    lines: burst.map((message) =>
      clip(
        `• ${bold((own && message.groups[0]) || message.workload)}: ${message.telling.before} → ${message.telling.after}`,
        LONGEST_LINE,
      ),
    ),
  };
  const dedupeKey = `${workload}/${telling.once}`;
  const id = idOf(dedupeKey);
  return {
    dedupeKey,
    id,
    kind: first.kind,
    workload,
    groups: [],
    ...(own && burst.every(({ place }) => isSamePlace(place, first.place)) && { place: first.place }),
    day: dayOf(first.at),
    at: first.at,
    importance,
    text: textOf(workload, telling),
    blocks: blocksOf(telling, {
      workload: nameOf(workload),
      footer: when(first.at),
      answersTo: id,
    }),
    buttons,
    entries: burst.flatMap((message) => message.entries),
    telling,
  };
}
