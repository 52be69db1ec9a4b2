import { quantile } from '@evenkeel/core/demand';

/** One item of EC2's DescribeSpotPriceHistory, as far as it is read. */
export interface SpotPricePoint {
  readonly InstanceType?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly ProductDescription?: string | undefined;
  readonly SpotPrice?: string | undefined;
  readonly Timestamp?: Date | undefined;
}

/**
 * Translates DescribeSpotPriceHistory into one USD an hour by type: the newest price of every zone, and of these the median. Only
 * `Linux/UNIX`; points without a type, zone, time or price are left out.
 */
export function fromSpotPriceHistory(points: readonly SpotPricePoint[]): ReadonlyMap<string, number> {
  const zones = new Map<string, Map<string, { readonly at: number; readonly usdPerHour: number }>>();
  for (const point of points) {
    const { InstanceType: type, AvailabilityZone: zone, Timestamp: time } = point;
    const usdPerHour = Number(point.SpotPrice);
    if (!type || !zone || !time || !(usdPerHour > 0) || point.ProductDescription !== 'Linux/UNIX') continue;
    const byZone = zones.get(type) ?? new Map<string, { at: number; usdPerHour: number }>();
    zones.set(type, byZone);
    const known = byZone.get(zone);
    if (!known || time.getTime() > known.at) byZone.set(zone, { at: time.getTime(), usdPerHour });
  }
  return new Map(
    [...zones].map(([type, byZone]) => [
      type,
      quantile(
        [...byZone.values()].map(({ usdPerHour }) => usdPerHour),
        0.5,
      ),
    ]),
  );
}
