import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { Activity, GroupRef, GroupSnapshot } from '@evenkeel/engine/ports';
import { createCallBudget } from '../call-budget.ts';
import type { Timing } from '../time.ts';
import { createCodeDeployments } from './code-deployments.ts';
import { createStackDeployments } from './stack-deployments.ts';
import { readTrail } from './trail.ts';

export interface ActivityOptions {
  readonly cloudTrail: CloudTrailClient;
  readonly cloudFormation: CloudFormationClient;
  readonly codeDeploy: CodeDeployClient;
  readonly timing: Timing;
  /** The group as last read, or read now. */
  readonly group: (ref: GroupRef) => Promise<GroupSnapshot | undefined>;
}

const LOOKUPS_PER_SECOND = 2;

/** What others do to groups: changes from CloudTrail's history, deployments from CloudFormation and CodeDeploy. */
export function createActivity(options: ActivityOptions): Activity {
  const { cloudTrail, cloudFormation, codeDeploy, timing, group } = options;
  const budget = createCallBudget({ perSecond: LOOKUPS_PER_SECOND, timing });
  const stackOf = createStackDeployments(cloudFormation, timing.now);
  const codeDeploymentOf = createCodeDeployments(codeDeploy, timing.now);
  return {
    changes: (ref, since) => readTrail({ client: cloudTrail, budget }, ref, since),
    async deployment(ref) {
      const snapshot = await group(ref);
      return snapshot && ((await stackOf(snapshot)) ?? (await codeDeploymentOf(snapshot)));
    },
  };
}
