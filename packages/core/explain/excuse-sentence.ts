import type { Minute } from '../quantities.ts';
import type { Excuse, ExcuseCode } from './excuse.ts';
import { counted, duration, number, utc } from './in-words.ts';

type Facts = Excuse['facts'];

/** One sentence that says what was not done, what limits it, and the numbers. */
export function excuseSentence({ code, bottleneck, facts }: Excuse): string {
  // The ledger may be another version's: a command line is older than what is deployed.
  if (!Object.hasOwn(SENTENCES, code)) {
    return `${String(code).replaceAll('-', ' ')} (${bottleneck}): another version of Evenkeel wrote this.`;
  }
  return SENTENCES[code](facts, bottleneck);
}

/** Every excuse in words, in one place. */
const SENTENCES: Readonly<Record<ExcuseCode, (facts: Facts, bottleneck: string) => string>> = {
  'insufficient-history': (facts, bottleneck) =>
    bottleneck === 'the first nightly review'
      ? 'No floors yet: the first nightly review has not been held.'
      : `There are ${counted(count(facts.days), 'day')} of history; floors need ${counted(count(facts.forFloors ?? 2), 'day')}, ` +
        `a tuned target needs ${counted(count(facts.forTarget ?? 14), 'day')} with two weekends.`,
  'stale-metrics': (facts) =>
    `The newest CPU datapoint is ${duration(count(facts.ageMinutes))} old: nothing is lowered until new ones come.`,
  'missing-metrics': (facts) =>
    facts.message === undefined
      ? `There is no CPU datapoint in the last ${duration(count(facts.minutes))}: nothing is lowered.`
      : `Metrics could not be read (${facts.message}): nothing is lowered.`,
  'implausible-demand': (facts) =>
    facts.before === undefined
      ? `A demand of ${shown(facts.demand)} on ${shown(facts.inService)} instances cannot be: nothing is lowered.`
      : `Demand fell from ${shown(facts.before)} to ${shown(facts.demand)} within minutes, which looks broken rather than idle: nothing is lowered.`,
  anomaly: (facts, bottleneck) =>
    bottleneck === 'demand'
      ? `Demand is ${shown(facts.value)}, below half of the lowest at this hour in two weeks (${shown(facts.usual)}): nothing is lowered until the next review.`
      : `Demand falls while ${bottleneck} rise (${shown(facts.value)}, usually ${shown(facts.usual)}): nothing is lowered.`,
  'fleet-brake': () =>
    'Too many groups behave oddly at once, so nothing is lowered anywhere until that has passed.',
  'fleet-pace': (facts) =>
    count(facts.worse) > 0
      ? `Another strategy waits: ${counted(count(facts.worse), 'workload')} changed lately had other hot minutes than replayed, so no further one is changed until that is over.`
      : `Another strategy waits for its turn: at most ${counted(count(facts.limit), 'workload')} a day ${count(facts.limit) === 1 ? 'is' : 'are'} changed, the least critical first (${shown(facts.changed)} changed, ${shown(facts.ahead)} less critical waiting).`,
  'mode-does-not-allow': (facts, bottleneck) =>
    `Nothing is written: ${bottleneck} is ${facts.mode}. Set it to approve for floors, or to auto for floors and target.`,
  'policy-not-tunable': (_, bottleneck) =>
    `The target is left alone (${bottleneck}): it is tuned only where one enabled target-tracking policy on CPU is the group's only dynamic policy.`,
  'coarse-metrics': (facts) =>
    `CPU comes every ${shown(facts.periodMinutes)} minutes only, so the target stays at ${shown(facts.highestTarget)} % or below; detailed monitoring lifts that.`,
  'target-wanted-back': (facts) =>
    `The target is left alone until ${facts.until}: ${facts.by} wanted the owner's own back.`,
  'no-better-strategy': (facts) =>
    `No strategy is cheaper for this tier than the owner's own (${facts.strategy}): there is nothing to improve.`,
  'at-max-size': (facts, bottleneck) =>
    `${counted(count(facts.wanted), 'instance')} would be needed, but ${bottleneck} allows ${shown(facts.max)}.`,
  'group-asleep': () => 'Its owner put the group to sleep (maximum or desired capacity 0): it stays asleep.',
  'too-many-actions': (facts) =>
    `The group holds ${shown(facts.actions)} scheduled actions of its owner: too few are left for a plan.`,
  'group-gone': () => 'The group does not exist any more.',
  'wrong-tag': (facts) =>
    `The tag ${facts.key}=${facts.value} cannot be read; write ${facts.write}. Until then the group is left alone.`,
  'write-refused': (facts, bottleneck) => `AWS did not take a change (${bottleneck}): ${facts.message}`,
  'not-ours': (facts) => `The group is not touched: ${facts.what}.`,
  'unexplained-change': (facts) =>
    `MinSize was set to ${shown(facts.minSize)} by somebody; waiting for the audit trail to say by whom.`,
  'step-did-not-run': (facts) =>
    `A scheduled action that was due did not run: MinSize is still ${shown(facts.minSize)}. The plan goes on from there.`,
  'replay-does-not-match': (facts, bottleneck) =>
    `The replay of the group's own configuration does not match what happened (${bottleneck}: replayed ${shown(facts.replayed)}, ` +
    `measured ${shown(facts.measured)}): target and shape stay as they are, and savings count as unverified.`,
  'budget-exhausted': (facts, bottleneck) =>
    `The budget of ${shown(facts.limit)} ${bottleneck} is used up (${shown(facts.used)}): put off until there is room.`,
  'type-not-in-catalogue': (facts, bottleneck) =>
    `No better shape is looked for: the catalogue has no ${bottleneck} of ${facts.type} in ${facts.region}.`,
  'catalogue-missing': (facts) =>
    `No better shape is looked for: the catalogue could not be read (${facts.message}).`,
  'refresh-under-way': (facts, bottleneck) =>
    `The change of shape does not begin: ${bottleneck} ${facts.refresh} is under way.`,
  'hold-in-force': (facts, bottleneck) =>
    `The change of shape does not begin: ${facts.hold} (${bottleneck}).`,
  'not-reversible': (facts, bottleneck) => {
    if (bottleneck === 'instance requirements')
      return 'The change of shape is proposed only: AWS cannot roll back a group that selects its types by attributes.';
    if (bottleneck === 'image')
      return `The change of shape is proposed only: the launch template takes its image from ${facts.parameter}, and AWS rolls back to a named image only.`;
    return `The change of shape is proposed only: the group uses ${facts.version}, and AWS rolls back to a template version with a number only.`;
  },
  'zone-without-type': (facts) => `${facts.type} is not offered in ${facts.zones}, where the group runs.`,
  'vcpu-quota': (facts) =>
    `Both fleets together would need ${shown(facts.needed)} vCPUs more beside ${shown(facts.used)} in use; the account may run ${shown(facts.allowed)}. Ask AWS for a higher quota.`,
  'no-free-addresses': (facts) =>
    `The subnets have ${shown(facts.free)} free addresses, both fleets together would need ${shown(facts.needed)} more.`,
  'image-architecture': (facts) =>
    `The image is for ${facts.image}, the new type needs ${facts.wanted}; name a launch template in evenkeel:arm64-launch-template.`,
  'dry-run-refused': (facts) => `AWS would refuse to launch the new type: ${facts.message}`,
  'rollout-outside-window': ({ opens }, bottleneck) =>
    typeof opens === 'number'
      ? `The change of shape waits until ${bottleneck} allows it, from ${utc(opens as Minute)}.`
      : `The change of shape does not begin: ${bottleneck} never allows one.`,
  'max-size': (facts) =>
    `The new shape would take up to ${counted(count(facts.count), 'instance')}, over 80 % of MaxSize ${shown(facts.maxSize)}; set MaxSize to ${shown(facts.write)} to have it considered.`,
  'not-convertible': (facts, bottleneck) =>
    `${bottleneck} counts in instances, and one of the new ones carries ${shown(facts.ratio)} of the old; it is the owner's to change, so the shape stays.`,
  'uneven-share': (facts) =>
    `At an equal share of requests the smaller type would be ${shown(facts.utilisation)} full at the peak (limit ${shown(facts.limit)}); ` +
    `that takes ${shown(facts.needed)} instances, and MaxSize is ${shown(facts.maxSize)}.`,
  'guard-not-ok': (facts) =>
    `The alarm ${facts.alarm} is ${facts.state}, and a change begins only while all its guards are OK.`,
  'rollout-under-way': (facts) =>
    `Another change of shape is under way in the account: one at a time until ${shown(facts.wanted)} have ended well (${shown(facts.endedWell)} so far).`,
  'approval-lapsed': (facts, bottleneck) =>
    `The approval lapsed: ${bottleneck} was ${shown(facts.before)} when the change was proposed and is ${shown(facts.after)} now.`,
  'approval-missing': (facts) => `The change of shape was not made: ${facts.answer}.`,
  'outside-window': (facts, bottleneck) =>
    `The target stays at ${shown(facts.now)} % until ${bottleneck} allows a change; ${shown(facts.target)} % is wanted.`,
};

/** Every code there is; a function, since a constant made by a call would keep all sentences in every bundle. */
export function excuseCodes(): readonly ExcuseCode[] {
  return Object.keys(SENTENCES) as readonly ExcuseCode[];
}

function shown(value: number | string | undefined): string {
  if (value === undefined) return 'not known';
  return typeof value === 'number' ? number(value, 2) : value;
}

function count(value: number | string | undefined): number {
  return typeof value === 'number' ? value : 0;
}
