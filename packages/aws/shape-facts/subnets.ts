import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { DescribeSubnetsCommand, type EC2Client, type Subnet } from '@aws-sdk/client-ec2';
import { call, pages } from '../call.ts';

/** The subnets a group launches into: those it names, or the default one of each of its zones. */
export async function readSubnets(client: EC2Client, group: AutoScalingGroup): Promise<readonly Subnet[]> {
  const ids = (group.VPCZoneIdentifier ?? '').split(',').map((id) => id.trim());
  const named = ids.filter((id) => id !== '');
  const which =
    named.length > 0
      ? { SubnetIds: named }
      : {
          Filters: [
            { Name: 'default-for-az', Values: ['true'] },
            { Name: 'availability-zone', Values: group.AvailabilityZones ?? [] },
          ],
        };
  return pages(async (NextToken) => {
    const command = new DescribeSubnetsCommand({ ...which, NextToken });
    const { Subnets: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}

/** Free addresses in all of them together. */
export function freeAddressesOf(subnets: readonly Subnet[]): number {
  return subnets.reduce((sum, { AvailableIpAddressCount: free }) => sum + (free ?? 0), 0);
}
