import { type Minute, startOf } from '@evenkeel/core/quantities';
import { DEFAULT_SETTINGS, type EngineSettings, reviewAll, tickAll } from '@evenkeel/engine';
import type { Ports } from '@evenkeel/engine/ports';
import type { Loop } from '@evenkeel/twin';

/** The engine's own loops over a region; a group whose run fails fails the test. */
export function loops(settings: Partial<EngineSettings> = {}): {
  readonly tick: Loop;
  readonly review: Loop;
} {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const run =
    (useCase: typeof tickAll): Loop =>
    async (ports: Ports, now: Minute) => {
      const { failures } = await useCase(ports, startOf(now), all);
      if (failures[0]) throw new Error(`${failures[0].ref.name} in minute ${now}: ${failures[0].message}`);
    };
  return { tick: run(tickAll), review: run(reviewAll) };
}

/** A loop that does nothing. */
export const idle: Loop = async () => undefined;
