import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { clientConfig } from '../clients.ts';
import { createPlaceClients, type PlaceClients, type PlaceSettings } from '../floor-ports.ts';
import { createHeadrooms, type HeadroomOptions } from './headroom.ts';

export type { Headrooms } from './headroom.ts';

/** Headroom of the groups of one account and region. Apart from the other ports: the EC2 client is heavy. */
export function createHeadroomsIn(
  settings: PlaceSettings & Pick<HeadroomOptions, 'vcpusOf'>,
  clients: PlaceClients = createPlaceClients(settings),
): ReturnType<typeof createHeadrooms> {
  const config = clientConfig(settings);
  return createHeadrooms({
    autoScaling: clients.autoScaling,
    read: clients.read,
    ec2: new EC2Client(config),
    quotas: new ServiceQuotasClient(config),
    now: settings.timing.now,
    vcpusOf: settings.vcpusOf,
  });
}
