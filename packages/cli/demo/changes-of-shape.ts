import { loadCatalog } from '@evenkeel/catalog';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, minute, startOf } from '@evenkeel/core/quantities';
import { capacityRatio, convertInstances, type RolloutPlan } from '@evenkeel/core/rollout';
import type { CatalogEntry } from '@evenkeel/core/shape';
import type { GroupRef } from '@evenkeel/engine/ports';
import { createPacedSteps, DEFAULT_ROLLOUT_SETTINGS, rollout } from '@evenkeel/engine/rollout';
import type { Region } from '@evenkeel/twin';
import { EVENKEEL_BEGINS } from './calendar.ts';
import { groupName } from './scenes.ts';
import type { DemoWorkload } from './workload.ts';

/** A change of shape in the demo: what the catalogue promises is read from it, what the type really does nobody knows beforehand. */
export interface ChangeOfShape {
  readonly workload: string;
  readonly to: string;
  /** Work per vCPU as it is, against what the catalogue promises. */
  readonly kept: number;
  readonly at: Minute;
  /** Who says yes, and when: another family of instances needs a person (S23). */
  readonly approvedBy: string;
  readonly approvedAt: Minute;
}

const at = (day: number, hour: number): Minute =>
  minute(EVENKEEL_BEGINS + day * MINUTES_PER_DAY + hour * MINUTES_PER_HOUR);

export const CHANGES_OF_SHAPE: readonly ChangeOfShape[] = [
  {
    workload: 'thumbnails',
    to: 'c8g.large',
    kept: 0.99,
    at: at(2, 9),
    approvedBy: 'kim',
    approvedAt: at(2, 10),
  },
  {
    workload: 'storefront',
    to: 'm8g.large',
    kept: 0.8,
    at: at(7, 9),
    approvedBy: 'ana',
    approvedAt: at(7, 11),
  },
];

/** What one new instance promises to carry, in old ones, and what it costs. */
export interface Promised {
  readonly change: ChangeOfShape;
  readonly factor: number;
  readonly vcpus: { readonly old: number; readonly fresh: number };
  readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number };
}

const REGION = 'us-east-1';
/** Of a month of 30 days. */
const HOURS_PER_MONTH = 720;

/** Reads the catalogue for every change of the workloads given. Throws a RangeError where it does not know a type. */
export async function promisedChanges(workloads: readonly DemoWorkload[]): Promise<readonly Promised[]> {
  const { entries } = await loadCatalog(REGION);
  const known = (name: string): Required<Pick<CatalogEntry, 'price'>> & CatalogEntry => {
    const entry = entries.find(({ type }) => type.name === name);
    if (!entry?.price) throw new RangeError(`the catalogue has no price for ${name} in ${REGION}`);
    return { ...entry, price: entry.price };
  };
  return CHANGES_OF_SHAPE.flatMap((change) => {
    const workload = workloads.find(({ name }) => name === change.workload);
    if (!workload) return [];
    const [old, fresh] = [known(workload.instanceType), known(change.to)];
    const factor = (fresh.type.performance?.factor ?? 1) / (old.type.performance?.factor ?? 1);
    return [
      {
        change,
        factor,
        vcpus: { old: old.type.vcpus, fresh: fresh.type.vcpus },
        usdPerInstanceHour: { old: old.price.usdPerHour, fresh: fresh.price.usdPerHour },
      },
    ];
  });
}

/** What an instance of the new type really carries, in old ones: the twin alone knows it. */
export function realCapacity({ change, factor, vcpus }: Promised): number {
  return capacityRatio({ vcpus }, factor * change.kept);
}

/** Lets the changes of shape happen while the region is lived through. */
export interface ShapeChanges {
  /** Moves every rollout on; gives what they wrote to the ledger since the last time. */
  readonly play: () => Promise<readonly LedgerEntry[]>;
}

export function createShapeChanges(region: Region, promised: readonly Promised[]): ShapeChanges {
  const now = () => startOf(region.now());
  const paced = createPacedSteps(now);
  const begun = new Set<string>();
  let told = 0;
  const begin = async (one: Promised): Promise<void> => {
    const ref = region.refs().find(({ name }) => name === groupName(one.change.workload));
    if (!ref) return;
    const plan = planFor(region, ref, one);
    const deps = { ports: region.ports, now, settings: DEFAULT_ROLLOUT_SETTINGS, execution: plan.id };
    await paced.begin(() => rollout({ plan, ref }, { ...deps, steps: paced.steps(new Map()) }));
  };
  return {
    async play() {
      const minuteNow = region.now();
      region.ports.guardAlarms.beat(minuteNow);
      for (const one of promised) {
        const { workload, at: from, approvedAt, approvedBy } = one.change;
        if (minuteNow >= from && !begun.has(workload)) {
          begun.add(workload);
          await begin(one);
        }
        if (minuteNow === approvedAt) {
          const answer = { answer: 'approved', by: approvedBy, at: minuteNow } as const;
          await region.ports.approvals.answer(idOf(one.change), answer);
        }
      }
      await paced.pump();
      if (paced.failures.length > 0) throw paced.failures[0];
      if (begun.size === 0) return [];
      const all = region.ports.ledger
        .all()
        .filter(({ id }) => id.startsWith('rollout/') || id.startsWith('demo/'));
      const fresh = all.slice(told);
      told = all.length;
      return fresh;
    },
  };
}

function idOf({ workload, to }: ChangeOfShape): string {
  return `demo/${workload}/${to}`;
}

function planFor(region: Region, ref: GroupRef, promised: Promised): RolloutPlan {
  const { change, factor, vcpus, usdPerInstanceHour } = promised;
  const { inService, visible } = region.history(ref);
  const group = region.group(ref);
  const count = meanOf(inService.subarray(-MINUTES_PER_DAY));
  const ratio = capacityRatio({ vcpus }, factor);
  const to = { types: [change.to], count: convertInstances(count, ratio) };
  const monthly = (instances: number, usd: number) => instances * usd * HOURS_PER_MONTH;
  return {
    id: idOf(change),
    workload: change.workload,
    tier: Number(group.tags['evenkeel:tier']) as RolloutPlan['tier'],
    from: { types: group.firstShape.instanceTypes, count: Math.round(count) },
    to,
    vcpus,
    usdPerInstanceHour,
    promisedFactor: factor,
    expected: {
      dollarsPerMonth: {
        before: monthly(count, usdPerInstanceHour.old),
        after: monthly(count / ratio, usdPerInstanceHour.fresh),
      },
      priceBasis: 'list',
    },
    basis: {
      at: region.now(),
      size: count,
      demand: meanOf(visible.subarray(-MINUTES_PER_DAY)),
      template: `lt-${ref.name}:1`,
    },
  };
}

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
