import type { Timing } from '@evenkeel/aws';
import type { ClientSettings } from '@evenkeel/aws/clients';
import type { MarketSource } from '@evenkeel/catalog';

/** What EC2 offers and charges in a region; its clients are loaded with the first question, since they are heavy. */
export function composeMarket(settings: ClientSettings & { readonly timing: Timing }): MarketSource {
  let source: Promise<MarketSource> | undefined;
  const open = (): Promise<MarketSource> => {
    source ??= import('@evenkeel/aws/market').then(({ createMarket, marketSourceOf }) =>
      marketSourceOf(createMarket(settings)),
    );
    return source;
  };
  return {
    types: async () => (await open()).types(),
    priceList: async () => (await open()).priceList(),
    spotPrices: async () => (await open()).spotPrices(),
    offerings: async () => (await open()).offerings(),
  };
}
