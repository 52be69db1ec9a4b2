import type { MarketReport } from '@evenkeel/catalog';
import type { Place } from '@evenkeel/core/explain';
import { expect, it } from 'vitest';
import { refreshMarkets } from './refresh-markets.ts';

const KEPT = { drift: { price: 3 } } as never;
const FRESH: MarketReport = { kind: 'fresh', kept: KEPT };
const PLACES: readonly Place[] = [
  { account: '1', region: 'eu-west-1' },
  { account: '2', region: 'eu-west-1' },
  { account: '2', region: 'us-east-1' },
  { account: '3', region: 'ap-south-1' },
];

async function night(reports: Readonly<Record<string, MarketReport>>) {
  const asked: string[] = [];
  const told: string[] = [];
  const counted: (readonly [string, number | undefined])[] = [];
  const say = (message: string) => void told.push(message);
  await refreshMarkets(
    PLACES,
    async ({ account, region }) => {
      asked.push(`${account} ${region}`);
      return reports[region] ?? FRESH;
    },
    {
      now: 0 as never,
      log: { info: say, warn: say, error: say } as never,
      count: (what, by) => void counted.push([what, by]),
    },
  );
  return { asked, told, counted };
}

it('asks each region once, in the first account that has it', async () => {
  const { asked, told } = await night({});
  expect(asked).toEqual(['1 eu-west-1', '2 us-east-1', '3 ap-south-1']);
  expect(told).toEqual([]);
});

it('reads one region an invocation, counts what the snapshot has otherwise, and names what could not be read', async () => {
  const { asked, told, counted } = await night({
    'us-east-1': {
      kind: 'refreshed',
      kept: KEPT,
      drifts: [{ type: 'm5.large', figure: 'price' }],
      failures: [{ part: 'priceList', message: 'AWS denies pricing:GetProducts' }],
    },
  });
  expect(asked).toEqual(['1 eu-west-1', '2 us-east-1']);
  expect(counted).toEqual([['CatalogueDrift', 1]]);
  expect(told[0]).toBe(
    "the catalogue's priceList of us-east-1 could not be refreshed: AWS denies pricing:GetProducts",
  );
});

it('says so where nothing could be read, and leaves the other regions to the next invocation', async () => {
  const { asked, told, counted } = await night({
    'eu-west-1': { kind: 'failed', failures: [{ part: 'types', message: 'no' }] },
  });
  expect([asked, told.length, counted]).toEqual([['1 eu-west-1'], 1, []]);
});
