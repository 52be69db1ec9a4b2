import {
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  type EC2Client,
  type InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import { createCache } from '../cache.ts';
import { call, pages } from '../call.ts';
import type { Timing } from '../time.ts';

/** What EC2 says of the instance types of a region, as it says it; the catalogue translates. Read at most once a day. */
export interface InstanceFacts {
  /** Every type the region offers. */
  types(): Promise<readonly InstanceTypeInfo[]>;
  /** The types each zone offers: a group may only use what all of its zones have. */
  offerings(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

/** What AWS gives on one page. */
const TYPES_PAGE = 100;
const OFFERINGS_PAGE = 1000;

export function createInstanceFacts(client: EC2Client, now: Timing['now']): InstanceFacts {
  const types = createCache<readonly InstanceTypeInfo[]>({ keepFor: MINUTES_PER_DAY, now });
  const offerings = createCache<ReadonlyMap<string, ReadonlySet<string>>>({ keepFor: MINUTES_PER_DAY, now });
  return {
    types: () => types.get('all', () => readTypes(client)),
    offerings: () => offerings.get('all', () => readOfferings(client)),
  };
}

async function readTypes(client: EC2Client): Promise<readonly InstanceTypeInfo[]> {
  return pages(async (NextToken) => {
    const command = new DescribeInstanceTypesCommand({ MaxResults: TYPES_PAGE, NextToken });
    const { InstanceTypes: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}

async function readOfferings(client: EC2Client): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const offered = await pages(async (NextToken) => {
    const command = new DescribeInstanceTypeOfferingsCommand({
      LocationType: 'availability-zone',
      MaxResults: OFFERINGS_PAGE,
      NextToken,
    });
    const { InstanceTypeOfferings: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
  const byZone = new Map<string, Set<string>>();
  for (const { Location: zone, InstanceType: type } of offered) {
    if (zone === undefined || type === undefined) continue;
    const types = byZone.get(zone) ?? new Set();
    byZone.set(zone, types.add(type));
  }
  return byZone;
}

/** The types that every one of the zones offers; a zone nobody knows offers nothing. */
export function offeredInAll(
  offerings: ReadonlyMap<string, ReadonlySet<string>>,
  zones: readonly string[],
): ReadonlySet<string> {
  const [first, ...others] = zones.map((zone) => offerings.get(zone) ?? new Set<string>());
  return new Set([...(first ?? [])].filter((type) => others.every((types) => types.has(type))));
}
