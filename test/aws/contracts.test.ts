import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { dateOf } from '@evenkeel/aws';
import type { Minute } from '@evenkeel/core/quantities';
import * as contracts from '@evenkeel/engine/contracts';
import type { Change, Deployment, GroupRef, Stores, TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { afterAll } from 'vitest';
import { ACCOUNT, type AwsHarness, openAwsHarness, REGION } from './aws-harness.ts';
import { failedActions, withoutAction } from './batch-on-the-wire.ts';
import { jsonError, jsonResult, queryResult } from './front.ts';
import { LACKS } from './lacks.ts';

const NAME = 'AWS adapters on the emulator';
const missing = { account: ACCOUNT, region: REGION, name: 'no-such-group' };

/** What every group harness has. */
function base(aws: AwsHarness) {
  return {
    now: () => aws.now(),
    makeGroup: () => aws.makeGroup(),
    missingGroup: () => missing,
    close: () => aws.close(),
  };
}

contracts.groupsContract(NAME, async () => {
  const aws = await openAwsHarness();
  return {
    ...base(aws),
    port: aws.ports.groups,
    makeUntaggedGroup: () => aws.makeGroup({ tags: { Name: 'other' } }),
    deleteGroup: async (ref) => {
      const command = new DeleteAutoScalingGroupCommand({
        AutoScalingGroupName: ref.name,
        ForceDelete: true,
      });
      await aws.clients.autoScaling.send(command);
    },
  };
});

contracts.scheduledActionsContract(
  NAME,
  async () => {
    const aws = await openAwsHarness();
    return {
      ...base(aws),
      port: aws.ports.scheduledActions,
      failItem: (name) => failOneItem(aws, name),
    };
  },
  {
    'same-start-other-group': 'the emulator keeps scheduled actions by name across groups',
    'duplicate-start': 'the emulator lets it pass; refused by AWS, see scheduled-actions.test.ts',
    'too-many': 'the emulator has no quota; refused by AWS, see scheduled-actions.test.ts',
    'missing-group': 'the emulator takes actions of any group; see scheduled-actions.test.ts',
  },
);

contracts.metricsContract(NAME, async () => {
  const aws = await openAwsHarness();
  return {
    ...base(aws),
    port: aws.ports.metrics,
    makeGroupWithLoad: async (utilisation) => {
      const ref = await aws.makeGroup();
      const minutes = Array.from({ length: 120 }, (_, index) => (aws.now() - 120 + index) as Minute);
      const points = minutes.map((at) => ({ at, utilisation: utilisation(at), instances: 4 }));
      await aws.putCpu(
        ref,
        points.filter((point) => !Number.isNaN(point.utilisation)),
      );
      return ref;
    },
  };
});

contracts.targetsContract(
  NAME,
  async () => {
    const aws = await openAwsHarness();
    const readPolicy = async (ref: Parameters<typeof aws.ports.groups.read>[0]) =>
      (await aws.ports.groups.read(ref))?.policies.find(
        (policy): policy is TargetTrackingPolicy => policy.kind === 'target-tracking',
      );
    return {
      ...base(aws),
      port: aws.ports.targets,
      readPolicy,
      makeTrackedGroup: async () => {
        const ref = await aws.makeGroup();
        await aws.putCpuPolicy(ref, 50);
        const policy = await readPolicy(ref);
        if (!policy) throw new Error('the policy that was put is not there');
        return { ref, policy };
      },
    };
  },
  { due: 'no time passes in the emulator; the lease at its due minute is played by the twin' },
);

contracts.activityContract(NAME, async () => {
  const aws = await openAwsHarness();
  const history: object[] = [];
  let stack: Deployment | undefined;
  let hasTrail = true;
  aws.front.interceptor = ({ operation, body }) => {
    if (operation === 'LookupEvents') {
      return hasTrail ? lookedUp(body, history) : jsonError('AccessDeniedException', 'not authorized', 403);
    }
    if (operation === 'DescribeStacks') {
      return queryResult(operation, `<Stacks><member>${stackXml(stack?.status)}</member></Stacks>`);
    }
    return undefined;
  };
  return {
    ...base(aws),
    port: aws.ports.activity,
    makeGroup: () =>
      aws.makeGroup({ tags: { 'evenkeel:workload': 'shop', 'aws:cloudformation:stack-name': 'shop' } }),
    change: async (ref, change) => {
      history.push({ ref, change });
    },
    deploy: async (_, deployment) => {
      stack = deployment;
      // The state of a stack is read once a minute.
      aws.setNow((aws.now() + 1) as Minute);
    },
    loseTrail: async () => {
      hasTrail = false;
    },
  };
});

const store = async <Name extends keyof Stores>(name: Name) => {
  const aws = await openAwsHarness();
  return { port: aws.stores[name], now: () => aws.now(), close: () => aws.close() };
};
const STORES = 'DynamoDB on the emulator';
contracts.ledgerContract(STORES, () => store('ledger'));
contracts.groupRecordsContract(STORES, () => store('records'));
contracts.holdsContract(STORES, () => store('holds'));
contracts.settingsContract(STORES, () => store('settings'));
contracts.profilesContract(STORES, async () => ({
  ...(await store('profiles')),
  profile: () => ({ version: 1, learnedAt: 29_000_000 as Minute }) as never,
}));
contracts.documentsContract(STORES, () => store('documents'));

afterAll(() => {
  console.log(['The emulator is not AWS. It lacks, or lets pass what AWS refuses:', ...LACKS].join('\n  - '));
});

/** A batch put with this item comes back with it failed, as AWS tells it; the emulator sees only the others. */
function failOneItem(aws: AwsHarness, name: string): void {
  aws.front.interceptor = async ({ operation, body }, pass) => {
    if (operation !== 'BatchPutScheduledUpdateGroupAction') return undefined;
    await pass(withoutAction(body, name));
    return failedActions([{ name, code: 'LimitExceeded', message: 'no more' }]);
  };
}

/** CloudTrail's history as LookupEvents tells it, of the resource that is asked for. */
function lookedUp(body: string, history: readonly object[]) {
  const { LookupAttributes } = JSON.parse(body) as { LookupAttributes: { AttributeValue: string }[] };
  const events = (history as { ref: GroupRef; change: Change }[])
    .filter(({ ref }) => ref.name === LookupAttributes[0]?.AttributeValue)
    .map(({ ref, change }) => ({
      EventId: change.id,
      ReadOnly: 'false',
      CloudTrailEvent: JSON.stringify({
        eventID: change.id,
        eventTime: dateOf(change.at).toISOString(),
        eventSource: 'autoscaling.amazonaws.com',
        eventName: 'UpdateAutoScalingGroup',
        userIdentity: { type: 'IAMUser', userName: change.who },
        requestParameters: { autoScalingGroupName: ref.name, minSize: change.size?.min },
      }),
    }));
  return jsonResult({ Events: events });
}

function stackXml(status = 'UPDATE_COMPLETE'): string {
  return `<StackName>shop</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus>`;
}
