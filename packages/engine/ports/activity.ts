import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { Bounds } from '@evenkeel/core/workload';
import type { GroupRef } from './group.ts';

/** Who changed a group. `unknown` counts as a person: on doubt hold. */
export type Actor = 'evenkeel' | 'person' | 'infrastructure-code' | 'aws-service' | 'unknown';

/** A change somebody made to a group, as the provider's audit trail tells it. */
export interface Change {
  /** The trail's own id of the event: the same change is told once, however often it is read. */
  readonly id: string;
  readonly at: Minute;
  readonly by: Actor;
  /** The name people know the actor by: `alice`, `Terraform`, `CloudFormation`. */
  readonly who: string;
  readonly field: 'size' | 'policy' | 'template' | 'scheduled-actions' | 'processes';
  /** The values that were set, where the field is `size`. */
  readonly size?: Partial<Bounds & { readonly desired: Instances }>;
}

/** A deployment under way on a group (S14); an instance refresh is in the snapshot. */
export interface Deployment {
  readonly kind: 'stack' | 'codedeploy';
  /** The stack's or the deployment's name. */
  readonly name: string;
  readonly status: string;
}

/** Reads what others do to a group. */
export interface Activity {
  /** Changes from `since` on, oldest first; undefined where the account has no trail (S5 is the detector then). */
  changes(ref: GroupRef, since: Minute): Promise<readonly Change[] | undefined>;
  /** The deployment under way, if any. */
  deployment(ref: GroupRef): Promise<Deployment | undefined>;
}
