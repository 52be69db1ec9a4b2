import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import { guardAlarmsContract, instanceMetricsContract, refreshesContract } from '@evenkeel/engine/contracts';
import { steady } from '../demand/index.ts';
import { createRegion } from '../region/index.ts';

const START = minute(20_000 * MINUTES_PER_DAY);

function world() {
  const region = createRegion({ start: START, end: minute(START + MINUTES_PER_DAY), groups: [] });
  region.advance(30);
  const make = (templateVersion: 'number' | 'latest') =>
    region.owner.create({
      name: `group-${region.refs().length + 1}`,
      tags: { 'evenkeel:workload': 'shop' },
      size: { min: 2, max: 20 },
      demand: steady(1.95),
      shape: { instanceTypes: ['m6i.large'], spotShare: 0, templateVersion },
    });
  return {
    region,
    ports: region.ports,
    now: () => region.now(),
    makeGroup: async () => make('number'),
    makeLatestGroup: async () => make('latest'),
    missingGroup: () => ({ account: region.account, region: region.region, name: 'none' }),
  };
}

refreshesContract('twin', async () => {
  const made = world();
  return {
    ...made,
    port: made.ports.refreshes,
    async badAlarm() {
      made.ports.guardAlarms.set('evenkeel-guard-web-latency', 'insufficient-data');
      return 'evenkeel-guard-web-latency';
    },
  };
});

guardAlarmsContract(
  'twin',
  async () => {
    const made = world();
    return {
      ...made,
      port: made.ports.guardAlarms,
      setOwners: async (name, state) => made.ports.guardAlarms.set(name, state),
    };
  },
  { 'missing-group': 'its alarms know no groups' },
);

instanceMetricsContract('twin', async () => {
  const made = world();
  return {
    ...made,
    port: made.ports.instanceMetrics,
    async makeBusyGroup() {
      const ref = made.region.owner.create({
        name: 'busy',
        tags: { 'evenkeel:workload': 'shop' },
        size: { min: 4, max: 4 },
        demand: steady(1.6),
        uses: { memoryPercent: { idle: 30, busy: 60 } },
        requestMetrics: true,
      });
      made.region.advance(70);
      return ref;
    },
  };
});
