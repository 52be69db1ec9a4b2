import { startOf } from '@evenkeel/core/quantities';
import type { Terminal } from '../terminal/terminal.ts';
import { EVENKEEL_BEGINS } from './calendar.ts';
import { demoCatalogue } from './demo-catalogue.ts';
import { demoRegion } from './demo-region.ts';
import { demoWorkloads } from './workloads.ts';

const SEED = 1;

/**
 * A terminal whose commands work on the region of the demo instead of an account: six groups that have lived four weeks on their owners' own
 * target tracking, at the minute Evenkeel would be let in. What is written there is gone when the command ends.
 */
export function inDemoRegion(terminal: Terminal): Terminal {
  return {
    ...terminal,
    clock: { ...terminal.clock, now: () => startOf(EVENKEEL_BEGINS) },
    open: async () => {
      const region = demoRegion(demoWorkloads(SEED), SEED);
      const [first] = region.refs();
      return {
        account: first?.account ?? '',
        region: first?.region ?? '',
        store: 'nowhere',
        ports: { ...region.ports, catalogue: demoCatalogue() },
        expectTicks: () => {},
        shapes: async () => ({ ports: region.ports, beat: async () => {} }),
        close: () => {},
      };
    },
  };
}
