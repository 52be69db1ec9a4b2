import type { Minute } from '@evenkeel/core/quantities';
import type { DayFigures } from '@evenkeel/core/savings';
import { createMemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import type { GroupRecord } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { groupStates } from './group-state.ts';
import { statusTable } from './status-table.ts';

const NOW = 29_348_640 as Minute;
const plain = (_: unknown, text: string) => text;

/** A day of 100 instance-hours measured, where the owner's configuration would have taken 125. */
function day(replayed: number): DayFigures {
  const hours = (count: number) => ({ capacity: count * 60, hotMinutes: 0 });
  return {
    from: (NOW - 1440) as Minute,
    minutes: 1440,
    measured: hours(100),
    replayed: hours(replayed),
    owner: hours(125),
  };
}

async function shown(days: readonly DayFigures[], record: Partial<GroupRecord> = {}) {
  const ports = createMemoryPorts({ now: () => NOW });
  const group = plainGroup('web', { tags: { 'evenkeel:workload': 'shop', 'evenkeel:mode': 'auto' } });
  await ports.records.save(group.ref, { home: { minSize: 2 }, adoptedAt: NOW, written: [], days, ...record });
  return groupStates(ports, [group], NOW);
}

describe('verified savings in status', () => {
  it('shows the share saved with the replay error beside it', async () => {
    const states = await shown([day(103)]);
    expect(states[0]?.savings).toEqual({
      days: 1,
      ownerInstanceHours: 125,
      instanceHours: 100,
      replayError: expect.closeTo(0.03, 6),
      verified: true,
    });
    expect(statusTable(states, plain)).toContain('20 % ±3 %');
  });

  it('calls a saving unverified where the replay does not match', async () => {
    const states = await shown([day(140)]);
    expect(states[0]?.savings?.verified).toBe(false);
    expect(statusTable(states, plain)).toContain('20 % unverified');
  });

  it('shows a group whose record is damaged as one that has none yet', async () => {
    const [damaged] = await shown([day(103)], { home: undefined } as unknown as Partial<GroupRecord>);
    expect(damaged).toMatchObject({ workload: 'shop' });
    expect(damaged).not.toHaveProperty('savings');
  });

  it('shows none before the first day', async () => {
    const [state] = await shown([]);
    expect(state).not.toHaveProperty('savings');
  });
});

describe('a write that AWS refuses, in status', () => {
  const at = (last: number) => ({
    refused: [
      {
        what: 'give-back',
        reason: 'denied',
        since: (NOW - 300) as Minute,
        last: last as Minute,
        times: 61,
        toldAt: NOW,
      },
    ],
  });

  it('is named with how often and since when', async () => {
    const states = await shown([], at(NOW - 5));
    expect(states[0]?.state).toBe('AWS refuses its give back, 61 times since 2025-10-19 19:00 UTC');
  });

  it('is history where no tick has met it for an hour', async () => {
    const [state] = await shown([], at(NOW - 60));
    expect(state?.state).toBe('steering');
  });
});
