import { type Hold, isInForce, scopeKey, scopesOver } from '@evenkeel/core/guard';
import type { Holds } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryHolds extends Holds {
  clear(): void;
}

/** Holds in memory. */
export function createMemoryHolds(faults: FaultSwitch = { faults: {} }): MemoryHolds {
  const placed = new Map<string, Hold>();
  return {
    async inForce({ at, ...subject }) {
      failCall(faults, 'holds');
      return scopesOver(subject).flatMap((scope) =>
        [...placed.values()]
          .filter((hold) => scopeKey(hold.scope) === scope && isInForce(hold, at))
          .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      );
    },
    async place(hold) {
      failCall(faults, 'place-hold');
      placed.set(`${scopeKey(hold.scope)} ${hold.kind}`, hold);
    },
    async lift(scope, kind) {
      failCall(faults, 'lift-hold');
      placed.delete(`${scopeKey(scope)} ${kind}`);
    },
    clear: () => placed.clear(),
  };
}
