import { capacityRatio } from '@evenkeel/core/rollout';
import type { InstanceType } from '@evenkeel/core/shape';
import { demoCatalogue } from './demo-catalogue.ts';
import type { DemoWorkload } from './workload.ts';

/** What instance types really carry for the workloads of the demo, and what they cost. */
export interface DemoTypes {
  /** An instance of every known type, in instances of the workload's first one: the twin alone knows it. */
  readonly capacitiesOf: (workload: DemoWorkload) => Readonly<Record<string, number>>;
  /** What the workload's image is made for. */
  readonly architectureOf: (workload: DemoWorkload) => 'x86_64' | 'arm64';
  /** USD an hour. Throws a RangeError where the catalogue has no price. */
  readonly priceOf: (type: string) => number;
}

/**
 * Work per vCPU of any new type as it is, against what the catalogue promises; 1 where a workload is not named. The shop window spends its time
 * waiting for memory, which no benchmark of the catalogue does.
 */
const KEPT: Readonly<Record<string, number>> = { thumbnails: 0.99, storefront: 0.8 };

/** Reads the catalogue. Throws a RangeError where it does not know a workload's own type. */
export async function readDemoTypes(): Promise<DemoTypes> {
  const entries = await demoCatalogue().inRegion('');
  const known = new Map(entries.map((entry) => [entry.type.name, entry]));
  const present = ({ name, instanceType }: DemoWorkload): InstanceType => {
    const type = known.get(instanceType)?.type;
    if (!type) throw new RangeError(`the catalogue does not know ${instanceType} of ${name}`);
    return type;
  };
  return {
    architectureOf: (workload) => present(workload).architectures[0] ?? 'x86_64',
    capacitiesOf(workload) {
      const { name, instanceType } = workload;
      const own = present(workload);
      const kept = KEPT[name] ?? 1;
      const capacities = entries.map(({ type }) => {
        const vcpus = { old: own.vcpus, fresh: type.vcpus };
        const factor = (type.performance?.factor ?? 1) / (own.performance?.factor ?? 1);
        return [type.name, capacityRatio({ vcpus }, factor * kept)] as const;
      });
      return { ...Object.fromEntries(capacities), [instanceType]: 1 };
    },
    priceOf(type) {
      const price = known.get(type)?.price;
      if (!price) throw new RangeError(`the catalogue has no price for ${type}`);
      return price.usdPerHour;
    },
  };
}
