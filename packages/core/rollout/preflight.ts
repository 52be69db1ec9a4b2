import type { Excuse } from '../explain/excuse.ts';
import type { Instances, Minute } from '../quantities.ts';
import { type ChangeWindow, untilWindow } from '../workload/change-window.ts';
import type { RolloutPlan } from './rollout-plan.ts';

/** What the provider says of launching another shape. */
export interface LaunchFacts {
  /** Attribute-based selection: AWS takes no desired configuration, so there is no way back. */
  readonly instanceRequirements: boolean;
  /** Zones of the group that offer each type of the plan. */
  readonly offered: Readonly<Record<string, readonly string[]>>;
  /** vCPUs of running On-Demand Standard instances in the account, and how many are allowed. */
  readonly vcpuQuota: { readonly used: number; readonly allowed: number };
  /** Free addresses in the group's subnets together. */
  readonly freeAddresses: number;
  /** Architecture of the image that would be launched. */
  readonly imageArchitecture?: 'x86_64' | 'arm64';
  /** The parameter that names the image at each launch: AWS could not roll back. Absent where an image is named. */
  readonly imageParameter?: string;
  /** What AWS's dry run of a launch said; absent where it would go through. */
  readonly dryRunRefused?: string;
}

/** What preflight reads of the provider, all of it fresh. */
export interface PreflightFacts extends LaunchFacts {
  /** A refresh that has not ended. */
  readonly refresh?: string;
  /** A stack update or another deployment under way. */
  readonly deployment?: string;
  /** A hold in force, in words. */
  readonly hold?: string;
  readonly templateVersion: 'number' | 'latest' | 'default' | 'none';
  readonly zones: readonly string[];
}

export interface PreflightQuestion {
  readonly plan: RolloutPlan;
  readonly facts: PreflightFacts;
  readonly now: Minute;
  readonly size: Instances;
  /** MinSize that is put in force before the first instance is replaced; absent or below `size`: none is added for it. */
  readonly floor?: Instances;
  readonly window?: ChangeWindow;
  readonly freezeUntil?: Minute;
}

/** Everything that stands in the way of a rollout; empty where nothing does. Nothing has been written by then. */
export function judgePreflight(question: PreflightQuestion): readonly Excuse[] {
  return CHECKS.flatMap((check) => check(question) ?? []);
}

type Check = (question: PreflightQuestion) => Excuse | undefined;

const CHECKS: readonly Check[] = [
  ({ facts }) => because(facts.refresh, 'refresh-under-way', 'instance refresh', 'refresh'),
  ({ facts }) => because(facts.deployment, 'refresh-under-way', 'deployment', 'refresh'),
  ({ facts }) => because(facts.hold, 'hold-in-force', 'hold', 'hold'),
  ({ facts }) => irreversible(facts),
  ({ plan, facts }) => missingZone(plan, facts),
  (question) => quota(question),
  (question) => addresses(question),
  ({ plan, facts }) => architecture(plan, facts),
  ({ facts }) => because(facts.dryRunRefused, 'dry-run-refused', 'dry run', 'message'),
  ({ window, now }) => outsideWindow(window, now),
  ({ freezeUntil, now }) =>
    freezeUntil !== undefined && freezeUntil > now
      ? { code: 'hold-in-force', bottleneck: 'evenkeel:freeze-until', facts: { hold: 'frozen' } }
      : undefined,
];

/** The one obstacle that goes away by itself, and says when. */
function outsideWindow(window: ChangeWindow | undefined, now: Minute): Excuse | undefined {
  if (window === undefined) return undefined;
  const wait = untilWindow(window, now);
  if (wait === 0) return undefined;
  const facts = wait === undefined ? {} : { wait, opens: now + wait };
  return { code: 'rollout-outside-window', bottleneck: 'evenkeel:window', facts };
}

function because(
  what: string | undefined,
  code: Excuse['code'],
  bottleneck: string,
  fact: string,
): Excuse | undefined {
  return what === undefined ? undefined : { code, bottleneck, facts: { [fact]: what } };
}

/** S18: what AWS could not roll back is proposed only. */
function irreversible({
  templateVersion,
  instanceRequirements,
  imageParameter,
}: PreflightFacts): Excuse | undefined {
  if (instanceRequirements) {
    return { code: 'not-reversible', bottleneck: 'instance requirements', facts: {} };
  }
  if (templateVersion === 'number') {
    if (imageParameter === undefined) return undefined;
    return { code: 'not-reversible', bottleneck: 'image', facts: { parameter: imageParameter } };
  }
  const version = templateVersion === 'none' ? 'no launch template' : `$${capitalised(templateVersion)}`;
  return { code: 'not-reversible', bottleneck: 'launch template', facts: { version } };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function missingZone(plan: RolloutPlan, { zones, offered }: PreflightFacts): Excuse | undefined {
  // The preferred type must be there everywhere; the others stand in for it where they can.
  const type = plan.to.types[0] ?? '';
  const missing = zones.filter((zone) => !(offered[type] ?? []).includes(zone));
  if (missing.length === 0) return undefined;
  return { code: 'zone-without-type', bottleneck: 'zone', facts: { type, zones: missing.join(', ') } };
}

/** Launch before terminate: both fleets may stand at once, at worst. A floor that is raised first is of old instances, and renewed like them. */
function fleetsOf({ size, floor = 0 }: PreflightQuestion): {
  readonly added: Instances;
  readonly fresh: Instances;
} {
  const fresh = Math.max(size, floor);
  return { added: fresh - size, fresh };
}

function quota(question: PreflightQuestion): Excuse | undefined {
  const { vcpus } = question.plan;
  const { used, allowed } = question.facts.vcpuQuota;
  const { added, fresh } = fleetsOf(question);
  const needed = added * vcpus.old + fresh * vcpus.fresh;
  if (used + needed <= allowed) return undefined;
  return { code: 'vcpu-quota', bottleneck: 'vCPU quota', facts: { used, needed, allowed } };
}

function addresses(question: PreflightQuestion): Excuse | undefined {
  const free = question.facts.freeAddresses;
  const { added, fresh } = fleetsOf(question);
  const needed = added + fresh;
  if (free >= needed) return undefined;
  return { code: 'no-free-addresses', bottleneck: 'subnets', facts: { free, needed } };
}

function architecture(plan: RolloutPlan, { imageArchitecture }: PreflightFacts): Excuse | undefined {
  const wanted = plan.to.architecture;
  if (wanted === undefined || imageArchitecture === wanted) return undefined;
  return {
    code: 'image-architecture',
    bottleneck: 'image',
    facts: { image: imageArchitecture ?? 'not known', wanted },
  };
}
