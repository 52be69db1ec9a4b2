import { createSnapshotCatalogue } from '@evenkeel/catalog';
import { explainShape, type LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import { DEFAULT_SETTINGS, review } from '@evenkeel/engine';
import { messagesOf, renderPlain } from '@evenkeel/slack/messages';
import { createRegion, daily, type TwinUse } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';

/** Monday, 3 November 2025. */
const START = 29_368_800 as Minute;
const DAYS = 15;

/** A shop window on c7i.xlarge with fifteen days of history, reviewed in a night with the catalogue that ships. */
async function night(
  tags: Readonly<Record<string, string>>,
  uses?: TwinUse,
): Promise<readonly LedgerEntry[]> {
  const region = createRegion({
    region: 'eu-central-1',
    start: START,
    end: (START + (DAYS + 2) * MINUTES_PER_DAY) as Minute,
    groups: [
      {
        name: 'shop',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '2', ...tags },
        demand: daily({ low: 4, high: 16, peakHour: 18 }),
        size: { min: 3, max: 200 },
        shape: {
          instanceTypes: ['c7i.xlarge'],
          architecture: 'x86_64',
          spotShare: 0,
          templateVersion: 'number',
        },
        ...(uses && { uses }),
      },
    ],
  });
  region.advance(DAYS * MINUTES_PER_DAY + 5);
  const ports = { ...region.ports, catalogue: createSnapshotCatalogue() };
  const [ref] = region.refs();
  return (await review(ports, ref!, startOf(region.now()), DEFAULT_SETTINGS)).entries;
}

function proposalOf(entries: readonly LedgerEntry[]) {
  const entry = entries.find(({ decision }) => decision?.kind === 'shape-proposed');
  if (entry?.decision?.kind !== 'shape-proposed') throw new Error('nothing was proposed');
  return { entry, decision: entry.decision };
}

describe('a night on the twin with the catalogue that ships', () => {
  it('proposes a type that is cheaper for the same work, tells it in one message and answers for it', async () => {
    const { entry, decision } = proposalOf(await night({ 'evenkeel:mode': 'approve' }));
    const { before, after } = decision.expected.dollarsPerMonth!;
    expect(after).toBeLessThan(0.95 * before);
    expect(decision.performanceFactor / decision.priceFactor).toBeGreaterThan(1.05);
    expect(decision.to.architecture).toBe('x86_64');
    const [message] = messagesOf([entry]);
    expect(renderPlain(message!)).toContain(decision.to.types[0]);
    const told = explainShape([entry])!;
    expect(told.ranked.length).toBe(6);
    expect(told.notThese.join('\n')).toMatch(/arm64, and the group's image is for x86_64/);
    expect(JSON.stringify(decision.choice).length).toBeLessThan(8000);
  });

  it('memory that the agent shows to be full rules lean types out, memory that is free lets them in', async () => {
    const tags = { 'evenkeel:mode': 'approve', 'evenkeel:types': 'c7i m7i c7a m7a' };
    const entries = await night(tags, { memoryPercent: { idle: 70, busy: 75 } });
    const full = entries.flatMap(({ decision }) =>
      decision?.kind === 'shape-reviewed' ? [decision] : [],
    )[0];
    expect(full?.choice.memory).toBe('measured');
    const lean = full?.choice.rejected.find(({ example }) => example.excuse.bottleneck === 'memory');
    expect(lean?.example).toMatchObject({ type: 'c7a.xlarge', excuse: { code: 'does-not-fit' } });
    expect(full?.choice.top.map(({ type }) => type).join(' ')).not.toContain('c7a');
    const free = proposalOf(await night(tags, { memoryPercent: { idle: 10, busy: 20 } })).decision;
    expect(free.to.types[0]).toMatch(/^c7a\./);
  });

  it('S1: in observe nothing is proposed, and why is there for whoever asks', async () => {
    const entries = await night({ 'evenkeel:mode': 'observe' });
    const entry = entries.find(({ decision }) => decision?.kind === 'shape-reviewed')!;
    expect(messagesOf([entry])).toEqual([]);
    expect(explainShape([entry])?.headline).toMatch(/in mode observe nothing is proposed/);
  });
});
