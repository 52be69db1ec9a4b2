import type { Instant } from '@evenkeel/core/quantities';
import type { Catalog, CatalogPart } from './catalog.ts';

const MS_PER_DAY = 86_400_000;

/** How many days a part may be old before `evenkeel catalog` calls it stale. Prices move seldom, Spot discounts by the week. */
export const STALE_AFTER_DAYS: Readonly<Record<CatalogPart['part'], number>> = {
  facts: 180,
  performance: 365,
  prices: 180,
  spot: 90,
};

export interface PartAge {
  readonly part: CatalogPart['part'];
  readonly asOf: string;
  readonly days: number;
  readonly stale: boolean;
}

/** How old each part of a catalogue is at `now`; a part of the future counts as 0 days old. Dates of a month count from its first day. */
export function catalogAge(catalog: Catalog, now: Instant): readonly PartAge[] {
  return catalog.parts.map(({ part, asOf }) => {
    const days = Math.max(0, Math.floor((now - Date.parse(asOf)) / MS_PER_DAY));
    return { part, asOf, days, stale: !(days <= STALE_AFTER_DAYS[part]) };
  });
}
