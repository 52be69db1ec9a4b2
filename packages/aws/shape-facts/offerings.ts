import { DescribeInstanceTypeOfferingsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { call, pages } from '../call.ts';

/** The zones among these that offer each type, read now; a type that none offers has an empty list. */
export async function readOffered(
  client: EC2Client,
  types: readonly string[],
  zones: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const offerings = await pages(async (NextToken) => {
    const command = new DescribeInstanceTypeOfferingsCommand({
      LocationType: 'availability-zone',
      Filters: [
        { Name: 'instance-type', Values: [...types] },
        { Name: 'location', Values: [...zones] },
      ],
      NextToken,
    });
    const { InstanceTypeOfferings: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
  const zonesOf = (type: string) =>
    zones.filter((zone) => offerings.some((each) => each.InstanceType === type && each.Location === zone));
  return Object.fromEntries(types.map((type) => [type, zonesOf(type)]));
}
