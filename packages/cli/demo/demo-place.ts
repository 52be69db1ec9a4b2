import { type Minute, startOf } from '@evenkeel/core/quantities';
import { DEFAULT_SETTINGS, type EngineSettings, reviewAll, tickAll } from '@evenkeel/engine';
import { live, type Region } from '@evenkeel/twin';
import type { Composition } from '../compose.ts';
import { progress } from '../render/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { EVENKEEL_BEGINS } from './calendar.ts';
import { demoCatalogue } from './demo-catalogue.ts';
import { demoRegion } from './demo-region.ts';
import { demoWorkloads } from './workloads.ts';

const SEED = 1;
/** Evening of the first day, when most happens. */
const LIVED_MINUTES = 18 * 60 + 30;

/**
 * A terminal whose commands work on the region of the demo instead of an account: six groups that have lived four weeks on their owners' own
 * target tracking, at the minute Evenkeel would be let in. What is written there is gone when the command ends.
 */
export function inDemoRegion(terminal: Terminal): Terminal {
  return inRegion(terminal, () => demoRegion(demoWorkloads(SEED), SEED), EVENKEEL_BEGINS);
}

/** The same in the evening of Evenkeel's first day there. */
export async function inLivedDemoRegion(terminal: Terminal): Promise<Terminal> {
  const region = demoRegion(demoWorkloads(SEED), SEED);
  const until = (EVENKEEL_BEGINS + LIVED_MINUTES) as Minute;
  const settings: EngineSettings = { ...DEFAULT_SETTINGS, fleetPace: false, rollouts: false };
  const bar = progress(terminal, { label: 'a day of the simulated region', total: LIVED_MINUTES });
  await live(region, {
    tick: (ports, now) => tickAll(ports, startOf(now), settings),
    review: (ports, now) => reviewAll(ports, startOf(now), settings),
    until,
    onMinute: (at) => bar.update(at - EVENKEEL_BEGINS),
  });
  bar.finish();
  return inRegion(terminal, () => region, region.now());
}

function inRegion(terminal: Terminal, make: () => Region, now: Minute): Terminal {
  return {
    ...terminal,
    clock: { ...terminal.clock, now: () => startOf(now) },
    open: async () => compositionOf(make()),
  };
}

function compositionOf(region: Region): Composition {
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
}
