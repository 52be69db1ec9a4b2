import { type Activity, type Change, type Deployment, type GroupRef, groupKey } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryActivity extends Activity {
  /** Whether the account has an audit trail. */
  hasTrail: boolean;
  record(ref: GroupRef, change: Change): void;
  /** A deployment begins, or ends with undefined. */
  deploy(ref: GroupRef, deployment: Deployment | undefined): void;
}

/** What others do to groups, in memory. */
export function createMemoryActivity(faults: FaultSwitch = { faults: {} }): MemoryActivity {
  const changes: { key: string; change: Change }[] = [];
  const deployments = new Map<string, Deployment>();
  return {
    hasTrail: true,
    async changes(ref, since) {
      failCall(faults, 'changes', ref);
      if (!this.hasTrail) return undefined;
      return changes
        .filter(({ key, change }) => key === groupKey(ref) && change.at >= since)
        .map(({ change }) => change)
        .sort((a, b) => a.at - b.at);
    },
    async deployment(ref) {
      failCall(faults, 'deployment', ref);
      return deployments.get(groupKey(ref));
    },
    record(ref, change) {
      changes.push({ key: groupKey(ref), change });
    },
    deploy(ref, deployment) {
      if (deployment) deployments.set(groupKey(ref), deployment);
      else deployments.delete(groupKey(ref));
    },
  };
}
