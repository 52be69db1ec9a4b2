import type { Minute } from '@evenkeel/core/quantities';
import { approvalsContract, guardAlarmsContract, refreshesContract } from '../contracts/index.ts';
import {
  createMemoryDocuments,
  createMemoryGroups,
  createMemoryGuardAlarms,
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
