import type { PlaceSettings } from '@evenkeel/aws/floor-ports';
import type { createHeadroomsIn } from '@evenkeel/aws/headroom';
import type { Catalogue, ReadHeadroom } from '@evenkeel/engine/ports';

/** Calls of EC2 Auto Scaling a second that it may make: one a night and group (S26). */
const CALLS_PER_SECOND = 0.2;

/** What quota and subnets have room for, read when it is asked for; the client of EC2 is loaded then. */
export function composeHeadroom(settings: PlaceSettings, catalogue: Catalogue): ReadHeadroom {
  let loaded: Promise<ReturnType<typeof createHeadroomsIn>> | undefined;
  const load = async () => {
    const headroom = await import('@evenkeel/aws/headroom');
    const types = new Map(
      (await catalogue.inRegion(settings.region)).map(({ type }) => [type.name, type.vcpus]),
    );
    return headroom.createHeadroomsIn({
      ...settings,
      autoScalingCallsPerSecond: CALLS_PER_SECOND,
      vcpusOf: (type) => types.get(type),
    });
  };
  return async ({ ref }) => {
    loaded ??= load();
    return (await (await loaded)([ref.name]))[ref.name] ?? {};
  };
}
