import { describe, expect, it } from 'vitest';
import { makeScene, NEW, OLD } from './scene.ts';

describe('a rollout on the twin', () => {
  it('moves the group to the new shape, converts its numbers and verifies it a day later', async () => {
    const scene = await makeScene();
    await scene.begin();
    await scene.live(4 * 1440);
    expect(scene.failures).toEqual([]);
    expect(scene.ends).toEqual(['finished']);
    expect(await scene.types()).toEqual([NEW]);
  });

  it('goes back where the canary does worse than promised', async () => {
    const scene = await makeScene({ real: 0.85 });
    await scene.begin();
    await scene.live(2 * 1440);
    expect(scene.ends).toEqual(['rolled-back']);
    expect(await scene.types()).toEqual([OLD]);
    expect(scene.mixed()).toBe(0);
  });
});
