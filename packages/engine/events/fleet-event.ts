import type { Place } from '@evenkeel/core/explain';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { Change } from '../ports/activity.ts';
import type { GroupRef } from '../ports/group.ts';

/** What every event carries. Events are best effort: they come twice, late, out of order, or not at all (S28). */
interface EventFacts {
  /** The sender's own id: the same event is acted on once. */
  readonly id: string;
  /** When it happened, which may be long ago. */
  readonly at: Minute;
  readonly place: Place;
}

/** A launch of the group failed. */
export interface LaunchFailed extends EventFacts {
  readonly kind: 'launch-failed';
  readonly group: GroupRef;
  /** `capacity`: EC2 has none of that offering now; `quota`: a limit of the account; `other`: the group's own configuration. */
  readonly because: 'capacity' | 'quota' | 'other';
  readonly purchase: 'on-demand' | 'spot';
  readonly type?: string;
  readonly zone?: string;
  /** AWS's own sentence. */
  readonly message: string;
}

/** AWS takes a Spot instance back; the event does not say of which group (S29). */
export interface SpotNotice extends EventFacts {
  readonly kind: 'spot-interruption' | 'spot-rebalance';
  readonly instance: string;
}

export interface AlarmChanged extends EventFacts {
  readonly kind: 'alarm';
  readonly alarm: string;
  readonly state: 'ok' | 'alarm' | 'insufficient-data';
  /** The newest reading and the threshold, where the alarm says them. */
  readonly reading?: { readonly value: number; readonly threshold: number };
}

export interface RefreshChanged extends EventFacts {
  readonly kind: 'refresh';
  readonly group: GroupRef;
  readonly refresh: string;
  readonly state:
    | 'started'
    | 'checkpoint'
    | 'baking'
    | 'succeeded'
    | 'failed'
    | 'cancelled'
    | 'rollback-started'
    | 'rollback-succeeded'
    | 'rollback-failed';
}

/** A stack update or a CodeDeploy deployment began or ended (S14); which groups it touches is read from the groups' tags. */
export interface DeployChanged extends EventFacts {
  readonly kind: 'deploy';
  readonly by: 'stack' | 'codedeploy';
  readonly name: string;
  readonly status: string;
  readonly underWay: boolean;
}

/** Somebody changed a group's sizes, policies, template, processes or scheduled actions (S12, S13). */
export interface GroupChanged extends EventFacts {
  readonly kind: 'group-changed';
  readonly group: GroupRef;
  readonly change: Change;
}

/** The tags that decide what Evenkeel may do to a group were changed or taken away. */
export interface TagsChanged extends EventFacts {
  readonly kind: 'tags-changed';
  readonly group: GroupRef;
  /** The full keys: `evenkeel:tier`. */
  readonly keys: readonly string[];
  readonly removed: boolean;
}

/** The group itself was deleted. */
export interface GroupDeleted extends EventFacts {
  readonly kind: 'group-deleted';
  readonly group: GroupRef;
}

/** Somebody asks for capacity on Evenkeel's own bus: now (a boost) or for an announced time (an expected event). Bounded by the tags. */
export interface CapacityRequested extends EventFacts {
  readonly kind: 'capacity-requested';
  readonly workload: string;
  /** What the sender calls it: the same name again replaces what was asked for before. */
  readonly name: string;
  readonly by: string;
  readonly from: Minute;
  readonly until: Minute;
  /** Demand as a multiple of what is forecast, or so many instances on top. */
  readonly ask:
    | { readonly kind: 'factor'; readonly factor: number }
    | { readonly kind: 'instances'; readonly instances: Instances };
}

/** Somebody wants the owner's target of a group back: given by the process that works on the group. */
export interface TargetWantedBack extends EventFacts {
  readonly kind: 'target-wanted-back';
  readonly group: GroupRef;
  readonly by: string;
}

/** What happened outside, in Evenkeel's own words. */
export type FleetEvent =
  | LaunchFailed
  | SpotNotice
  | AlarmChanged
  | RefreshChanged
  | DeployChanged
  | GroupChanged
  | TagsChanged
  | GroupDeleted
  | CapacityRequested
  | TargetWantedBack;
