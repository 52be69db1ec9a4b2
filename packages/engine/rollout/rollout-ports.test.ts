import type { Minute } from '@evenkeel/core/quantities';
import {
  approvalsContract,
  guardAlarmsContract,
  instanceMetricsContract,
  refreshesContract,
} from '../contracts/index.ts';
import {
  createMemoryDocuments,
  createMemoryGroups,
  createMemoryGuardAlarms,
  createMemoryInstanceMetrics,
  createMemoryRefreshes,
  plainGroup,
} from '../memory/index.ts';
import { createApprovals } from './document-approvals.ts';

const NOW = 29_000_000 as Minute;
const now = () => NOW;

approvalsContract('documents in memory', async () => ({
  now,
  port: createApprovals(createMemoryDocuments()),
}));

refreshesContract('memory', async () => {
  const groups = createMemoryGroups();
  const alarms = createMemoryGuardAlarms({ now });
  const group = plainGroup('web');
  const make = async (templateVersion: 'number' | 'latest') => {
    groups.set({ ...group, shape: { ...group.shape, templateVersion } });
    return group.ref;
  };
  return {
    now,
    port: createMemoryRefreshes({ now, group: (ref) => groups.get(ref), alarms }),
    makeGroup: () => make('number'),
    makeLatestGroup: () => make('latest'),
    missingGroup: () => plainGroup('none').ref,
    async badAlarm() {
      alarms.set('evenkeel-guard-web-latency', 'insufficient-data');
      return 'evenkeel-guard-web-latency';
    },
  };
});

guardAlarmsContract(
  'memory',
  async () => {
    const port = createMemoryGuardAlarms({ now });
    return {
      now,
      port,
      makeGroup: async () => plainGroup('web').ref,
      missingGroup: () => plainGroup('none').ref,
      setOwners: async (name, state) => port.set(name, state),
    };
  },
  { 'missing-group': 'it knows no groups' },
);

instanceMetricsContract('memory', async () => {
  const port = createMemoryInstanceMetrics();
  const { ref } = plainGroup('web');
  const makeGroup = async () => {
    const cpu = Float64Array.from({ length: 60 }, (_, i) => 0.2 + (i % 5) / 10);
    const instance = (i: number) => ({ id: `i-${i}`, type: 'm6i.large', healthy: true, cpu, memory: cpu });
    port.set(ref, NOW - 60, [0, 1, 2, 3].map(instance));
    return ref;
  };
  return { now, port, makeGroup, makeBusyGroup: makeGroup, missingGroup: () => plainGroup('none').ref };
});
