import { createMarket, marketSourceOf } from '@evenkeel/aws/market';
import { type MarketReport, refreshMarket } from '@evenkeel/catalog';
import type { Place } from '@evenkeel/core/explain';
import type { Documents } from '@evenkeel/engine/ports';
import { clientSettingsIn, type Start } from '../compose.ts';
import type { Invocation } from '../frame.ts';

export type RefreshRegion = (place: Place, now: Invocation['now']) => Promise<MarketReport>;

/** Reads what EC2 offers and charges in the region of a place, by the role that may ask (S25); clients are made when they are needed. */
export function createRefreshRegion(start: Start, documents: Documents): RefreshRegion {
  return (place, now) => {
    const market = createMarket({ ...clientSettingsIn(start, place, 'shape'), timing: start.timing });
    return refreshMarket({ region: place.region, documents, source: marketSourceOf(market), now });
  };
}

/**
 * Keeps the catalogue's figures of the day, a region an invocation: a region's list takes its time. Where nothing can be read the snapshot
 * stands, which is told once a day.
 */
export async function refreshMarkets(
  places: readonly Place[],
  refresh: RefreshRegion,
  { now, log, count }: Pick<Invocation, 'now' | 'log' | 'count'>,
): Promise<void> {
  const first = new Map(places.toReversed().map((place) => [place.region, place]));
  for (const place of [...first.values()].toReversed()) {
    const report = await refresh(place, now);
    if (report.kind === 'fresh') continue;
    for (const { part, message } of report.failures) {
      log.warn(`the catalogue's ${part} of ${place.region} could not be refreshed: ${message}`);
    }
    if (report.kind === 'refreshed') {
      count('CatalogueDrift', report.drifts.length);
      log.info(`the catalogue of ${place.region} is of today`, { drift: report.kept.drift });
    }
    return;
  }
}
