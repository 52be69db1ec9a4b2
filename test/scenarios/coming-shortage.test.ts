import { MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import { DEFAULT_SETTINGS, reviewAll, tickAll } from '@evenkeel/engine';
import { messagesOf } from '@evenkeel/slack/messages';
import { createRegion, daily, growth, product, type TwinLimits } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';

/** Monday, 3 November 2025. */
const START = 29_368_800 as Minute;
const DAYS = 5;
const settings = { ...DEFAULT_SETTINGS, pacing: false, fleetPace: false };

/** A shop that grows from week to week and a steady neighbour, in one account; a night's review, then a morning's ticks. */
async function morning(limits: TwinLimits) {
  const rises = daily({ low: 4, high: 20, peakHour: 14 });
  const region = createRegion({
    start: START,
    end: (START + (DAYS + 1) * MINUTES_PER_DAY) as Minute,
    groups: [
      {
        name: 'shop',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '0', 'evenkeel:mode': 'auto' },
        demand: product(rises, growth(1.6, START)),
        size: { min: 3, max: 400 },
      },
      {
        name: 'feed',
        tags: { 'evenkeel:workload': 'feed', 'evenkeel:tier': '2', 'evenkeel:mode': 'auto' },
        demand: daily({ low: 8, high: 10, peakHour: 3 }),
        size: { min: 3, max: 400 },
      },
    ],
  });
  region.advance(DAYS * MINUTES_PER_DAY + 5);
  region.ports.limits(limits);
  await reviewAll(region.ports, startOf(region.now()), settings);
  for (let tick = 0; tick < 6; tick += 1) {
    region.advance(5);
    await tickAll(region.ports, startOf(region.now()), settings);
  }
  return messagesOf(region.ports.ledger.all()).filter(({ kind }) => kind === 'coming-shortage');
}

describe('a day ahead, on the twin', () => {
  it('the shop’s peak is beyond the vCPU quota that both share: told once, for the shop alone', async () => {
    const told = await morning({ vcpus: 120 });
    expect(told.map(({ workload }) => workload)).toEqual(['shop']);
    const [message] = told;
    expect(message!.text).toContain("the account's vCPU quota allows");
    expect(message!.telling.next).toContain('L-1216C47A');
    expect(message!.telling.before).toContain('120 vCPUs for the whole account');
  });

  it('the subnets run out of addresses: the message names them and what is free', async () => {
    const told = await morning({ subnets: { 'subnet-a': 28, 'subnet-b': 28 } });
    expect(told.map(({ workload }) => workload)).toEqual(['shop']);
    expect(told[0]!.telling.before).toMatch(/`subnet-a` \d+ free, `subnet-b` \d+ free: room for \d+/);
  });

  it('where there is room nothing is told', async () => {
    expect(await morning({ vcpus: 5000, subnets: { 'subnet-a': 4000 } })).toEqual([]);
  });
});
