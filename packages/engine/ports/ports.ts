import type { Activity } from './activity.ts';
import type { Catalogue } from './catalogue.ts';
import type { Documents } from './documents.ts';
import type { GroupOfInstance, Groups } from './group.ts';
import type { ReadHeadroom } from './headroom.ts';
import type { Holds } from './holds.ts';
import type { Metrics } from './metrics.ts';
import type { Notices } from './notices.ts';
import type { ScheduledActions } from './scheduled-actions.ts';
import type { SettingsStore } from './settings.ts';
import type { GroupRecords, Ledger, Profiles } from './stores.ts';
import type { Targets } from './targets.ts';
import type { ReadUsage } from './usage.ts';

/** What Evenkeel keeps for itself, in one table or file: whoever implements it, implements all. */
export type Stores = Pick<Ports, 'ledger' | 'profiles' | 'records' | 'holds' | 'settings' | 'documents'>;

/** Everything a use case may touch. Built only in composition files. */
export interface Ports {
  readonly groups: Groups;
  readonly metrics: Metrics;
  readonly scheduledActions: ScheduledActions;
  readonly targets: Targets;
  readonly activity: Activity;
  readonly ledger: Ledger;
  readonly profiles: Profiles;
  readonly records: GroupRecords;
  readonly holds: Holds;
  readonly settings: SettingsStore;
  readonly documents: Documents;
  readonly notices: Notices;
  /** What instances cost and hold; without it no shape is reviewed. */
  readonly catalogue?: Catalogue;
  /** What groups use besides CPU; without it memory counts as not measured, and network and EBS as no limit. */
  readonly usage?: ReadUsage;
  /** Whose a Spot instance was that is taken back; without it they are not counted. */
  readonly groupOfInstance?: GroupOfInstance;
  /** What quota and subnets have room for; without it only MaxSize is foreseen. */
  readonly headroom?: ReadHeadroom;
}
