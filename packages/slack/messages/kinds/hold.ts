import { type HoldDecision, holdReason, type LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped, when } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** Evenkeel keeps its hands off. */
export function tellHold(decision: HoldDecision, entry: LedgerEntry): Telling {
  const { change } = decision;
  const who = holdReason(decision.hold, person(decision.by));
  const until = decision.until === undefined ? 'until somebody lifts it' : `until ${when(decision.until)}`;
  const paused = decision.hold === 'paused';
  const lifts = paused ? 'Resume' : 'Release hold';
  const field = escaped(change?.field ?? '');
  return {
    importance: decision.hold === 'human-override' ? 'alert' : 'change',
    sign: 'hand',
    headline: `on hold, ${who}`,
    before: change?.before === undefined ? 'Evenkeel plans' : `${field} ${change.before}`,
    after:
      change?.after === undefined
        ? 'hands off: your own scaling alone'
        : `${field} ${change.after}, left as it is`,
    why:
      change?.before !== undefined && change.after !== undefined
        ? `${person(decision.by)} set ${field} from ${change.before} to ${change.after}; a person's change is never overruled.`
        : `${capital(who)}${decision.note ? `: ${escaped(decision.note)}` : ''}.`,
    money: 'as your own scaling makes it meanwhile',
    risk: 'nothing looks ahead meanwhile; target tracking still reacts',
    next: `Pending floors are taken away and your target is back, ${until}. Then the plan is written anew.`,
    stop: `Press ${lifts}, or ${code(`/evenkeel resume ${entry.workload}`)}.`,
    once: `hold:${decision.scope === 'group' ? entry.group : decision.scope}:${decision.hold}:${decision.by}:${decision.until ?? decision.since ?? 'open'}`,
    buttons:
      decision.hold === 'not-ours' || decision.hold === 'freeze'
        ? ['why']
        : [paused ? 'resume' : 'release', 'why'],
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
