import { type AdoptionDecision, type LedgerEntry, number } from '@evenkeel/core/explain';
import { type Mode, WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';

const NEXT: Readonly<Record<Mode, string>> = {
  observe:
    'Evenkeel only watches. After 14 days it shows what it would have done and saved, and offers more.',
  recommend: 'Evenkeel says what it would do and writes nothing.',
  approve: 'Evenkeel sets floors by itself and asks before it changes anything else.',
  auto: 'Evenkeel sets floors and tunes the target by itself, within its budgets.',
  off: 'Nothing: the mode is off.',
};

/** A group was seen for the first time, or its owner set another home. */
export function tellAdoption(decision: AdoptionDecision, entry: LedgerEntry): Telling {
  const { mode } = decision;
  return mode === undefined ? tellNewHome(decision, entry) : tellTakenOn({ ...decision, mode }, entry);
}

function tellTakenOn(decision: AdoptionDecision & { readonly mode: Mode }, entry: LedgerEntry): Telling {
  const { mode } = decision;
  const target =
    decision.homeTarget === undefined ? 'no CPU target' : `CPU target ${number(decision.homeTarget)} %`;
  const tier = decision.tier === undefined ? 'its tier' : `tier ${decision.tier}`;
  return {
    importance: 'change',
    sign: 'good',
    headline: `taken on as ${tier}, mode ${code(mode)}`,
    before: 'not known to Evenkeel',
    after: `your minimum ${decision.homeMinSize} and ${target} are recorded as home`,
    why: `It carries the tag ${code(WORKLOAD_TAG)}. Floors never fall below ${decision.homeMinSize}, and home is what it gets back.`,
    money: 'unchanged for now',
    risk: 'none: your own scaling stays as it is',
    next: NEXT[mode],
    stop: `Take the tag away, or set ${code('evenkeel:mode=off')}: everything of Evenkeel's is taken back.`,
    once: `adoption:${entry.group}:${entry.id}`,
    buttons: [],
  };
}

function tellNewHome(decision: AdoptionDecision, entry: LedgerEntry): Telling {
  const home = homeOf({ minSize: decision.homeMinSize, target: decision.homeTarget });
  const before = decision.before === undefined ? 'another home' : homeOf(decision.before);
  return {
    importance: 'change',
    sign: 'change',
    headline: `its home is now ${home}`,
    before,
    after: home,
    why: `The group's own configuration was changed from ${before} to ${home}: that is the owner's to say.`,
    money: 'as the new minimum makes it',
    risk: 'as the owner wants it',
    next: `Floors never fall below ${decision.homeMinSize} from now on, and every plan ends there.`,
    stop: 'Set the old value again where it was changed.',
    once: `home:${entry.group}:${entry.id}`,
    buttons: [],
  };
}

function homeOf({
  minSize,
  target,
}: {
  readonly minSize: number;
  readonly target?: number | undefined;
}): string {
  return `minimum ${minSize}${target === undefined ? '' : `, CPU target ${number(target)} %`}`;
}
