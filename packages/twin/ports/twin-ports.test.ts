import type { Profile } from '@evenkeel/core/forecast';
import { MINUTES_PER_DAY, type Minute, minute } from '@evenkeel/core/quantities';
import {
  activityContract,
  groupRecordsContract,
  groupsContract,
  holdsContract,
  ledgerContract,
  metricsContract,
  noticesContract,
  profilesContract,
  scheduledActionsContract,
  settingsContract,
  targetsContract,
} from '@evenkeel/engine/contracts';
import type { GroupRef, TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { steady } from '../demand/index.ts';
import { createRegion, type TwinGroupOptions } from '../region/index.ts';

const START = minute(20_000 * MINUTES_PER_DAY);
/** Needs 4 instances at the SLO utilisation and keeps target tracking at 50 % within its band. */
const FOUR_INSTANCES = steady(1.95);

function makeWorld() {
  const region = createRegion({ start: START, end: minute(START + 4 * MINUTES_PER_DAY), groups: [] });
  region.advance(30);
  const make = (changes: Partial<TwinGroupOptions> = {}): GroupRef =>
    region.owner.create({
      name: `group-${region.refs().length + 1}`,
      tags: { 'evenkeel:workload': 'shop' },
      size: { min: 2, max: 20 },
      demand: FOUR_INSTANCES,
      sloUtilisation: 0.5,
      targetGroups: [],
      ...changes,
    });
  return {
    region,
    ports: region.ports,
    now: () => region.now(),
    make,
    makeGroup: async () => make(),
    missingGroup: () => ({ account: region.account, region: region.region, name: 'none' }),
  };
}

scheduledActionsContract('twin', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.scheduledActions,
    failItem(failing) {
      world.region.faults.faults = {
        item: (_operation, _ref, name) =>
          name === failing ? { code: 'ResourceContention', message: 'a pending update' } : undefined,
      };
    },
  };
});

groupsContract('twin', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.groups,
    makeUntaggedGroup: async () => world.make({ tags: { team: 'shop' } }),
    deleteGroup: async (ref) => world.region.owner.delete(ref),
  };
});

metricsContract('twin', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.metrics,
    async makeGroupWithLoad(utilisation) {
      const from = minute(world.now() + 1);
      const minutes = Array.from({ length: 150 }, (_, i) => minute(from + i));
      const ref = world.make({
        size: { min: 4, max: 4 },
        target: 'none',
        demand: (at) => 4 * (utilisation(at) || 0),
        silences: minutes
          .filter((at) => Number.isNaN(utilisation(at)))
          .map((at) => ({ from: at, to: minute(at + 1) })),
      });
      world.region.advance(125);
      return ref;
    },
  };
});

targetsContract('twin', async () => {
  const world = makeWorld();
  const policyOf = async (ref: GroupRef) =>
    (await world.ports.groups.read(ref))?.policies[0] as TargetTrackingPolicy | undefined;
  return {
    ...world,
    port: world.ports.targets,
    async makeTrackedGroup() {
      const ref = world.make();
      return { ref, policy: (await policyOf(ref))! };
    },
    readPolicy: policyOf,
    passTime: async (at) => world.region.advance(at - world.now()),
  };
});

activityContract('twin', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.activity,
    change: async (ref, change) => world.ports.activity.record(ref, change),
    deploy: async (ref, deployment) => world.ports.activity.deploy(ref, deployment),
    async loseTrail() {
      world.ports.activity.hasTrail = false;
    },
  };
});

noticesContract('twin', async () => {
  const { ports, now } = makeWorld();
  return { now, port: ports.notices, told: async () => ports.notices.published.map((entry) => entry.id) };
});

// The tables after they have all been lost once: they must be as good as new.
const tables = () => {
  const { region, now } = makeWorld();
  region.loseTables();
  return { now, ports: region.ports };
};
ledgerContract('twin', async () => ({ now: tables().now, port: tables().ports.ledger }));
groupRecordsContract('twin', async () => ({ now: tables().now, port: tables().ports.records }));
holdsContract('twin', async () => ({ now: tables().now, port: tables().ports.holds }));
settingsContract('twin', async () => ({ now: tables().now, port: tables().ports.settings }));
profilesContract('twin', async () => {
  const profile = { version: 1, learnedAt: START } as unknown as Profile;
  return { now: tables().now, port: tables().ports.profiles, profile: () => profile };
});

describe('what the ports show of a region', () => {
  it('shows demand up to metricDelay before now, and whole blocks only on basic monitoring', async () => {
    const { region, make, ports } = makeWorld();
    const [detailed, basic] = [make(), make({ extras: { metricPeriod: 5 } })];
    region.advance(29);
    const from = minute(START + 30);
    const read = async (ref: GroupRef) => ports.metrics.demand(ref, from, minute(region.now() + 1));
    expect(region.now()).toBe(START + 58);
    const [fine, coarse] = [await read(detailed), await read(basic)];
    expect([fine.demand.values.length, fine.periodMinutes]).toEqual([27, 1]);
    expect([coarse.demand.values.length, coarse.periodMinutes]).toEqual([25, 5]);
  });

  it('tells the size in force, what starts, and that a person changed it', async () => {
    const { region, make, ports } = makeWorld();
    const ref = make();
    region.advance(10);
    region.owner.resize(ref, { min: 7 });
    region.advance(1);
    expect(await ports.groups.read(ref)).toMatchObject({
      size: { min: 7, max: 20 },
      desired: 7,
      inService: 4,
      starting: 3,
    });
    region.advance(3);
    expect(await ports.groups.read(ref)).toMatchObject({ inService: 7, starting: 0 });
    expect(await ports.activity.changes(ref, START as Minute)).toMatchObject([
      { by: 'person', field: 'size', size: { min: 7 } },
    ]);
  });

  it('shows an incident: less demand arrives, and the guard metrics say why', async () => {
    const { region, make, ports } = makeWorld();
    const begin = minute(region.now() + 60);
    const incident = {
      from: begin,
      to: minute(begin + 60),
      demandShare: 0.4,
      errorShare: 0.3,
      unhealthyHosts: 1,
    };
    const ref = make({ targetGroups: ['web'], incidents: [incident] });
    region.advance(61);
    expect(await ports.metrics.guard(ref, region.now())).toMatchObject({ errorShare: 0, unhealthyHosts: 0 });
    region.advance(10);
    const { demand } = await ports.metrics.demand(ref, minute(begin - 1), minute(begin + 1));
    expect([...demand.values]).toEqual([1.95, 1.95 * 0.4]);
    expect(await ports.metrics.guard(ref, region.now())).toMatchObject({
      errorShare: 0.3,
      unhealthyHosts: 1,
    });
  });
});
