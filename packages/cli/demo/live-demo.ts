import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minute, startOf, TICK_MINUTES } from '@evenkeel/core/quantities';
import { DEFAULT_SETTINGS, type EngineSettings, review, tickAll } from '@evenkeel/engine';
import type { Ports } from '@evenkeel/engine/ports';
import { live, type Region } from '@evenkeel/twin';
import { DEMO_ENDS } from './calendar.ts';
import { createShapeChanges } from './changes-of-shape.ts';
import { demoCatalogue } from './demo-catalogue.ts';
import { SCENES, type Scene } from './scenes.ts';

/** The first review of a night, when yesterday can be read to its end, and the time between two groups' reviews. */
const FIRST_REVIEW = TICK_MINUTES;
const REVIEW_EVERY = 20;

/** What a simulated day brought. */
export interface DemoDay {
  /** Its first minute. */
  readonly start: Minute;
  readonly entries: readonly LedgerEntry[];
  readonly scenes: readonly Scene[];
}

export interface LiveDemoOptions {
  /** Ends sooner than the demo does, at a midnight. */
  readonly until?: Minute;
  readonly onDay: (day: DemoDay) => void;
  readonly onMinute: (at: Minute) => void;
}

/**
 * Lives through the two weeks with Evenkeel: the tick every five minutes, the reviews spread over the night as a deployment
 * spreads them, and the scenes in between. Gives all ledger entries, oldest first.
 */
export async function liveDemo(region: Region, options: LiveDemoOptions): Promise<readonly LedgerEntry[]> {
  const all: LedgerEntry[] = [];
  let today: LedgerEntry[] = [];
  // At a tenth of six groups a day the last would begin after the two weeks (S24).
  const settings: EngineSettings = { ...DEFAULT_SETTINGS, fleetPace: false, tournaments: new Map() };
  const shapes = createShapeChanges(region);
  const catalogue = demoCatalogue();
  const tick = async (bare: Ports, now: Minute): Promise<void> => {
    const ports = { ...bare, catalogue };
    const reviewed = await reviewDue(region, ports, now, settings);
    today.push(...reviewed);
    await shapes.begin(reviewed);
    today.push(...(await shapes.play()));
    today.push(...(await tickAll(ports, startOf(now), settings)).entries);
  };
  const onMinute = (at: Minute): void => {
    for (const scene of SCENES.filter((one) => one.at === at)) scene.play?.(region);
    options.onMinute(at);
    if ((at + 1) % MINUTES_PER_DAY !== 0) return;
    const start = minute(at + 1 - MINUTES_PER_DAY);
    options.onDay({ start, entries: today, scenes: SCENES.filter((one) => one.at >= start && one.at <= at) });
    all.push(...today);
    today = [];
  };
  await live(region, { tick, review: async () => {}, until: options.until ?? DEMO_ENDS, onMinute });
  return all;
}

async function reviewDue(
  region: Region,
  ports: Ports,
  now: Minute,
  settings: EngineSettings,
): Promise<readonly LedgerEntry[]> {
  const slot = ((now % MINUTES_PER_DAY) - FIRST_REVIEW) / REVIEW_EVERY;
  const ref = region.refs()[slot];
  if (ref === undefined) return [];
  return (await review(ports, ref, startOf(now), settings)).entries;
}
