import { ESTIMATED, QUOTED_LETTERS, SCALED, UNPRICED } from '../format.ts';
import type { RawPrices } from './raw-data.ts';

/** What a region asks for a type: its trust in one letter and the price, which an unpriced type has not. */
export interface RawPrice {
  readonly trust: string;
  readonly usdPerHour?: number;
}

/** The price of the best trust there is: quoted before scaled before estimated. Undefined: not offered there. */
export function priceOf(type: string, region: RawPrices): RawPrice | undefined {
  const quoted = region.quoted[type];
  if (quoted !== undefined) return { trust: quotedLetter(type, region), usdPerHour: quoted };
  const scaled = region.scaled[type];
  if (scaled !== undefined) return { trust: SCALED, usdPerHour: scaled };
  const estimated = region.estimated[type];
  if (estimated !== undefined) return { trust: ESTIMATED, usdPerHour: estimated };
  return region.unpriced.includes(type) ? { trust: UNPRICED } : undefined;
}

/** The sources of a region's quoted prices, in the order of their letters. */
export function quotedSources(region: RawPrices): readonly string[] {
  return [region.source, ...Object.keys(region.sourceOverrides)];
}

function quotedLetter(type: string, region: RawPrices): string {
  const override = Object.values(region.sourceOverrides).findIndex((types) => types.includes(type));
  const letter = QUOTED_LETTERS[override + 1];
  if (letter === undefined)
    throw new RangeError(`more than ${QUOTED_LETTERS.length} price sources in a region`);
  return letter;
}
