import type { Profile } from '@evenkeel/core/forecast';
import type { Minute } from '@evenkeel/core/quantities';
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
} from '../contracts/index.ts';
import type { TargetTrackingPolicy } from '../ports/index.ts';
import { createMemoryPorts } from './memory-ports.ts';
import { CPU_POLICY, plainGroup } from './plain-group.ts';

const START = 29_000_000 as Minute;

function makeWorld() {
  const clock = { now: START as Minute };
  const ports = createMemoryPorts({ now: () => clock.now });
  let made = 0;
  const makeGroup = async (tags: Record<string, string> = { 'evenkeel:workload': 'shop' }) => {
    made += 1;
    const group = plainGroup(`group-${made}`, { tags, readAt: clock.now });
    ports.groups.set(group);
    return group.ref;
  };
  return {
    ports,
    clock,
    now: () => clock.now,
    makeGroup: () => makeGroup(),
    makeUntaggedGroup: () => makeGroup({ team: 'shop' }),
    missingGroup: () => plainGroup('none').ref,
  };
}

scheduledActionsContract('memory', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.scheduledActions,
    failItem(failing) {
      world.ports.faults.faults = {
        item: (_operation, _ref, name) =>
          name === failing ? { code: 'ResourceContention', message: 'a pending update' } : undefined,
      };
    },
  };
});

groupsContract('memory', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.groups,
    async deleteGroup(ref) {
      world.ports.groups.delete(ref);
    },
  };
});

metricsContract('memory', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.metrics,
    async makeGroupWithLoad(utilisation) {
      const ref = await world.makeGroup();
      const start = (START - 120) as Minute;
      const values = Float64Array.from({ length: 120 }, (_, i) => 4 * utilisation((start + i) as Minute));
      world.ports.metrics.set(ref, { demand: { start, values }, inService: new Float64Array(120).fill(4) });
      return ref;
    },
  };
});

targetsContract('memory', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.targets,
    makeTrackedGroup: async () => ({ ref: await world.makeGroup(), policy: CPU_POLICY }),
    readPolicy: async (ref) => world.ports.groups.get(ref)?.policies[0] as TargetTrackingPolicy | undefined,
    async passTime(at) {
      world.clock.now = at;
      world.ports.targets.runDueLeases(at);
    },
  };
});

ledgerContract('memory', async () => {
  const world = makeWorld();
  return { now: world.now, port: world.ports.ledger };
});

profilesContract('memory', async () => {
  const world = makeWorld();
  const profile = { version: 1, learnedAt: (START - 600) as Minute } as unknown as Profile;
  return { now: world.now, port: world.ports.profiles, profile: () => profile };
});

groupRecordsContract('memory', async () => {
  const world = makeWorld();
  return { now: world.now, port: world.ports.records };
});

holdsContract('memory', async () => {
  const world = makeWorld();
  return { now: world.now, port: world.ports.holds };
});

settingsContract('memory', async () => {
  const world = makeWorld();
  return { now: world.now, port: world.ports.settings };
});

activityContract('memory', async () => {
  const world = makeWorld();
  return {
    ...world,
    port: world.ports.activity,
    async change(ref, change) {
      world.ports.activity.record(ref, change);
    },
    async deploy(ref, deployment) {
      world.ports.activity.deploy(ref, deployment);
    },
    async loseTrail() {
      world.ports.activity.hasTrail = false;
    },
  };
});

noticesContract('memory', async () => {
  const world = makeWorld();
  return {
    now: world.now,
    port: world.ports.notices,
    told: async () => world.ports.notices.published.map((entry) => entry.id),
  };
});
