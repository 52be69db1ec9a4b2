import { minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { compositionOn, memoryPlace, typed } from '../testing/test-place.ts';

const NOW = minute(29_000_000);

/** `evenkeel run --once` as typed; says whether it asked for what carries changes of shape out. */
async function once(flags: string) {
  const { ports } = memoryPlace(NOW);
  let asked = 0;
  const shapes = async () => {
    asked += 1;
    // Nothing is proposed here, so nothing of it is touched.
    return { ports: {} as never, beat: async () => {} };
  };
  const answer = await typed(`run --once${flags}`, { opened: compositionOn(ports, { shapes }), now: NOW });
  return { ...answer, asked };
}

describe('evenkeel run', () => {
  it('loads what changes instance types only where --rollouts asks for it', async () => {
    expect(await once('')).toMatchObject({ code: 0, asked: 0 });
    expect(await once(' --rollouts')).toMatchObject({ code: 0, asked: 1 });
  });

  it('says in its help what --rollouts does, and that a restart goes on', async () => {
    const { output } = await typed('run --help', { opened: memoryPlace(NOW).opened, now: NOW });
    expect(output).toMatch(/--rollouts\s+carry out changes of instance types/);
    expect(output).toMatch(/the next start goes on there/);
  });
});
