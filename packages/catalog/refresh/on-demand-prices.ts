/**
 * Translates the PriceList of the Pricing API's GetProducts (AmazonEC2) into USD an hour by type. Each item is a JSON text. Kept are Linux,
 * shared tenancy, nothing pre-installed, capacity used; of several prices for one type the lowest. Items that do not parse or hold no price
 * above zero are left out.
 */
export function fromPriceList(items: readonly string[]): ReadonlyMap<string, number> {
  const prices = new Map<string, number>();
  for (const item of items) {
    const product = parseProduct(item);
    if (!product) continue;
    const known = prices.get(product.type);
    if (known === undefined || product.usdPerHour < known) prices.set(product.type, product.usdPerHour);
  }
  return prices;
}

const WANTED: Readonly<Record<string, string>> = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
};

function parseProduct(text: string): { readonly type: string; readonly usdPerHour: number } | undefined {
  const item = parseJson(text);
  const attributes = field(field(item, 'product'), 'attributes');
  if (!Object.entries(WANTED).every(([key, value]) => field(attributes, key) === value)) return undefined;
  const type = field(attributes, 'instanceType');
  const usdPerHour = hourlyPrice(field(field(item, 'terms'), 'OnDemand'));
  return typeof type === 'string' && usdPerHour !== undefined ? { type, usdPerHour } : undefined;
}

function hourlyPrice(terms: unknown): number | undefined {
  for (const term of children(terms)) {
    for (const dimension of children(field(term, 'priceDimensions'))) {
      const usd = Number(field(field(dimension, 'pricePerUnit'), 'USD'));
      if (field(dimension, 'unit') === 'Hrs' && usd > 0) return usd;
    }
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function children(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
