import { type Minute, startOf } from '@evenkeel/core/quantities';
import { tickAll } from '@evenkeel/engine';
import { type GroupSnapshot, PortError } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { memoryPlace, typed } from '../testing/test-place.ts';

/** 2026-05-25 07:45 UTC. */
const NOW = 29_661_585 as Minute;

function place() {
  const { ports, opened } = memoryPlace(NOW);
  const run = (line: string | readonly string[], later = 0) =>
    typed(line, { opened, now: (NOW + later) as Minute });
  const holds = () => ports.holds.inForce({ workload: 'shop', at: NOW });
  return { run, holds, ports };
}

describe('evenkeel pause', () => {
  it('S30: takes the words of Slack: everything said aloud, with the reason', async () => {
    const { run, holds } = place();
    expect((await run(['pause', '--all', '--note', 'load test'])).code).toBe(0);
    expect(await holds()).toMatchObject([
      { kind: 'paused', scope: { kind: 'everything' }, by: 'bob', note: 'load test' },
    ]);
    expect((await run('resume --all')).code).toBe(0);
    expect(await holds()).toEqual([]);
  });

  it('is in the ledger with who asked and why, as an answer from Slack is; and so is resume', async () => {
    const { run, ports } = place();
    await run(['pause', 'shop', '--for', '2h', '--note', 'load test']);
    await run('resume --all');
    const answers = ports.ledger
      .all()
      .flatMap(({ workload, decision }) => (decision?.kind === 'answer' ? [{ workload, ...decision }] : []));
    expect(answers).toEqual([
      {
        workload: 'shop',
        kind: 'answer',
        answer: 'pause',
        by: 'bob',
        reason: 'load test',
        words: 'pause shop --for 120m',
      },
      { workload: '*', kind: 'answer', answer: 'resume', by: 'bob', words: 'resume --all' },
    ]);
  });

  it.each([
    ['off shop', 'shop', 'off'],
    ['remove', '*', 'pause'],
  ])('so are those who took everything back: %s', async (line, workload, answer) => {
    const { run, ports } = place();
    expect((await run(line)).code).toBe(0);
    const answers = ports.ledger.all().filter(({ decision }) => decision?.kind === 'answer');
    expect(answers).toMatchObject([{ workload, decision: { answer, by: 'bob', words: line } }]);
  });

  it('S30: is told by the Evenkeel that runs there, once', async () => {
    const { run, ports } = place();
    await run('pause shop');
    expect(ports.notices.published).toEqual([]);
    for (const later of [5, 10]) await tickAll(ports, startOf((NOW + later) as Minute));
    const holds = ports.notices.published.filter(({ decision }) => decision?.kind === 'hold');
    expect(holds).toMatchObject([{ group: 'shop-web', decision: { hold: 'paused', by: 'bob' } }]);
  });

  it('says each time that steps could not be taken away, and ends with 2', async () => {
    const { run, ports } = place();
    const [{ ref }] = (await ports.groups.list()) as [GroupSnapshot];
    const step = { name: 'evenkeel-step', start: (NOW + 60) as Minute, minSize: 9 };
    await ports.scheduledActions.put(ref, [step], { decisionId: 'before' });
    await ports.records.save(ref, { home: { minSize: 2 }, adoptedAt: (NOW - 1) as Minute, written: [step] });
    const denied = new PortError('denied', 'not authorized to perform: autoscaling:DeleteScheduledAction');
    ports.faults.faults = { call: (operation) => (operation === 'remove' ? denied : undefined) };
    for (const later of [0, 1]) {
      const { code, errors } = await run('pause shop', later);
      expect(code).toBe(2);
      expect(errors).toBe(
        `evenkeel: not all of it could be done: shop-web: AWS refused its give back (denied: ${denied.message}); run the command again (evenkeel doctor names missing permissions).\n`,
      );
    }
  });

  it.each(['pause shop --all', 'resume shop --all'])(
    '%s: which is meant is asked, and nothing is done',
    async (line) => {
      const { run, holds } = place();
      await run('pause shop');
      const { code, errors } = await run(line);
      expect(code).not.toBe(0);
      expect(errors).toContain('either shop or --all, not both');
      expect(await holds()).toMatchObject([{ scope: { kind: 'workload' } }]);
    },
  );
});
