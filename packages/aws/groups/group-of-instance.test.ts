import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { recordedEndpoint } from '../testing/recorded-endpoint.ts';
import { createGroupOfInstance } from './group-of-instance.ts';

function asked(member: string) {
  const { handler, requests } = recordedEndpoint([
    {
      body: `<DescribeAutoScalingInstancesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
  <DescribeAutoScalingInstancesResult><AutoScalingInstances>${member}</AutoScalingInstances></DescribeAutoScalingInstancesResult>
  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
</DescribeAutoScalingInstancesResponse>`,
    },
  ]);
  const client = new AutoScalingClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    requestHandler: handler as never,
  });
  const groupOf = createGroupOfInstance({ client, account: '111111111111', region: 'eu-west-1' });
  return { groupOf, requests };
}

describe('the group of an instance', () => {
  it('is asked for by the instance’s id, in one call', async () => {
    const { groupOf, requests } = asked(
      '<member><InstanceId>i-0abc</InstanceId><AutoScalingGroupName>shop-web</AutoScalingGroupName><LifecycleState>InService</LifecycleState></member>',
    );
    expect(await groupOf('i-0abc')).toEqual({
      account: '111111111111',
      region: 'eu-west-1',
      name: 'shop-web',
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]!.body).toContain('Action=DescribeAutoScalingInstances');
    expect(requests[0]!.body).toContain('InstanceIds.member.1=i-0abc');
  });

  it('is none where the instance is of no group, or gone', async () => {
    expect(await asked('').groupOf('i-0abc')).toBeUndefined();
  });
});
