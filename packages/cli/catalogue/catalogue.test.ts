import type { MarketSource } from '@evenkeel/catalog';
import { priceListItem } from '@evenkeel/catalog/testing/price-list';
import type { Minute } from '@evenkeel/core/quantities';
import { createMemoryPorts } from '@evenkeel/engine/memory';
import { describe, expect, it } from 'vitest';
import { compositionOn, typed } from '../testing/test-place.ts';

const NOW = (Date.UTC(2026, 10, 23, 12) / 60_000) as Minute;

const denied = () => Promise.reject(new Error('AWS denies ec2:DescribeInstanceTypes'));
/** Two prices, of which one doubled; nothing else can be read. */
const MARKET: MarketSource = {
  types: denied,
  priceList: async () => [priceListItem('m5.large', 0.214), priceListItem('m7g.large', 0.091)],
  spotPrices: denied,
  offerings: denied,
};

function place(market: MarketSource | undefined = MARKET) {
  const opened = compositionOn(createMemoryPorts({ now: () => NOW }), { ...(market && { market }) });
  return (line: string) => typed(line, { opened, now: NOW });
}

describe('evenkeel catalog', () => {
  it('says how old each part is, and that AWS was not read yet', async () => {
    const { code, output } = await place()('catalog');
    expect(code).toBe(0);
    expect(output).toMatch(/^eu-west-1: 1,\d{3} instance types, 1,\d{3} prices\n/);
    expect(output).toMatch(/facts +\d{4}-\d\d-\d\d +\d+ days/);
    expect(output).toMatch(/prices +\d{4}-\d\d-\d\d +\d+ days +old/);
    expect(output).toContain('AWS was not read yet');
  });

  it('--refresh: asks AWS, tells what moved most and what could not be read, and keeps the rest', async () => {
    const type = place();
    const { code, output, errors } = await type('catalog --refresh');
    expect(code).toBe(0);
    expect(errors).toBe('Reading what EC2 offers and charges in eu-west-1 …\n');
    expect(output).toMatch(/prices +2026-11-23 +0 days\n/);
    expect(output).toContain('AWS was read on 2026-11-23. Against the figures of this release: 1 price.');
    expect(output).toMatch(/ {2}m5\.large: \$0\.1070 → \$0\.2140 an hour \(\+100\.0 %\)/);
    expect(output).toContain(
      'Facts of instance types could not be read: AWS denies ec2:DescribeInstanceTypes.',
    );
    const later = await type('catalog');
    expect(later.output).toContain('AWS was read on 2026-11-23.');
    expect(later.errors).toBe('');
  });

  it('--json: the same as data', async () => {
    const { output } = await place()('catalog --refresh --json');
    const facts = JSON.parse(output);
    expect(facts).toMatchObject({
      region: 'eu-west-1',
      refreshedOn: '2026-11-23',
      drift: { price: 1 },
      drifts: [{ type: 'm5.large', figure: 'price', live: 0.214 }],
      failures: [{ part: 'types' }, { part: 'spotPrices' }, { part: 'offerings' }],
    });
    expect(facts.parts.find(({ part }: { part: string }) => part === 'prices')).toMatchObject({
      asOf: '2026-11-23',
      days: 0,
      stale: false,
    });
  });

  it('ends with one line where nothing could be read', async () => {
    const nothing = { ...MARKET, priceList: denied };
    const { code, errors } = await place(nothing)('catalog --refresh');
    expect(code).toBe(2);
    expect(errors).toMatch(
      /evenkeel: nothing could be read of AWS: AWS denies ec2:DescribeInstanceTypes\.$/m,
    );
  });
});
