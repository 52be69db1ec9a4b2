import {
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import type { Deployment, GroupSnapshot } from '@evenkeel/engine/ports';
import { createCache } from '../cache.ts';
import { call, inBatches, pages } from '../call.ts';
import type { Timing } from '../time.ts';

/** What BatchGetDeployments takes. */
const MAX_DEPLOYMENTS = 25;

/** CodeDeploy deployments under way by the name of the Auto Scaling group they work on. */
export type DeploymentsByGroup = ReadonlyMap<string, Deployment>;

/** All CodeDeploy deployments under way, looked up once a minute for all groups together: mostly there are none, for one call. */
export function createCodeDeployments(client: CodeDeployClient, now: Timing['now']) {
  const cache = createCache<DeploymentsByGroup>({ keepFor: 1, now });
  return async (group: GroupSnapshot): Promise<Deployment | undefined> =>
    (await cache.get('all', () => readUnderWay(client))).get(group.ref.name);
}

async function readUnderWay(client: CodeDeployClient): Promise<DeploymentsByGroup> {
  const ids = await pages(async (nextToken) => {
    const command = new ListDeploymentsCommand({
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
      nextToken,
    });
    const { deployments: items = [], nextToken: token } = await call(client, command);
    return { items, token };
  });
  const deployments: DeploymentInfo[] = [];
  for (const deploymentIds of inBatches(ids, MAX_DEPLOYMENTS)) {
    const { deploymentsInfo = [] } = await call(client, new BatchGetDeploymentsCommand({ deploymentIds }));
    deployments.push(...deploymentsInfo);
  }
  const byGroup = new Map<string, Deployment>();
  for (const deployment of deployments) {
    for (const name of await groupsOf(client, deployment)) {
      byGroup.set(name, {
        kind: 'codedeploy',
        name: deployment.deploymentId ?? deployment.applicationName ?? 'unnamed',
        status: deployment.status ?? 'InProgress',
      });
    }
  }
  return byGroup;
}

/** A blue/green deployment names its groups itself, an in-place one by its deployment group. */
async function groupsOf(client: CodeDeployClient, deployment: DeploymentInfo): Promise<readonly string[]> {
  const { applicationName, deploymentGroupName, targetInstances } = deployment;
  const named = targetInstances?.autoScalingGroups ?? [];
  if (applicationName === undefined || deploymentGroupName === undefined) return named;
  const command = new BatchGetDeploymentGroupsCommand({
    applicationName,
    deploymentGroupNames: [deploymentGroupName],
  });
  const { deploymentGroupsInfo: infos = [] } = await call(client, command);
  const groups = infos.flatMap((info) => info.autoScalingGroups ?? []).flatMap(({ name }) => name ?? []);
  return [...new Set([...named, ...groups])];
}
