import type { Minute } from '@evenkeel/core/quantities';
import { it } from 'vitest';
import type { GroupRef } from '../ports/index.ts';

/** What every suite needs of an implementation. A harness is made anew for each case. */
export interface Harness {
  /** The implementation's own present. */
  now(): Minute;
  /** Takes down what the case built. */
  close?(): Promise<void>;
}

/** A harness of a port that works on groups. */
export interface GroupHarness extends Harness {
  /** Makes a fresh group with MinSize 2, MaxSize 20, desired 4 and the tag `evenkeel:workload=shop`. */
  makeGroup(): Promise<GroupRef>;
  /** A group that does not exist. */
  missingGroup(): GroupRef;
}

/** Cases an implementation is known not to pass, with the reason: they stay visible as skipped tests. */
export type KnownGaps<Case extends string> = Partial<Readonly<Record<Case, string>>>;

/**
 * Runs each case on a harness of its own.
 * @param titles what each case proves, by its short name
 */
export function runCases<H extends Harness, Case extends string>(options: {
  readonly titles: Readonly<Record<Case, string>>;
  readonly cases: Readonly<Record<Case, (harness: H) => Promise<void>>>;
  readonly makeHarness: () => Promise<H>;
  readonly gaps: KnownGaps<Case>;
}): void {
  const { titles, cases, makeHarness, gaps } = options;
  for (const name of Object.keys(cases) as Case[]) {
    const gap = gaps[name];
    const title = gap === undefined ? titles[name] : `${titles[name]} [not here: ${gap}]`;
    it.skipIf(gap !== undefined)(title, async () => {
      const harness = await makeHarness();
      try {
        await cases[name](harness);
      } finally {
        await harness.close?.();
      }
    });
  }
}
