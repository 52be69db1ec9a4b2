/** An item of the Pricing API's list: a Linux instance On-Demand in shared tenancy, unless `attributes` say otherwise. */
export function priceListItem(
  instanceType: string,
  usdPerHour: number,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const dimension = { unit: 'Hrs', pricePerUnit: { USD: `${usdPerHour}` } };
  return JSON.stringify({
    product: {
      attributes: {
        instanceType,
        operatingSystem: 'Linux',
        tenancy: 'Shared',
        preInstalledSw: 'NA',
        capacitystatus: 'Used',
        ...attributes,
      },
    },
    terms: { OnDemand: { term: { priceDimensions: { dimension } } } },
  });
}
