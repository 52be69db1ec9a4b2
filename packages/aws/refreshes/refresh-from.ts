import type { InstanceRefresh, InstanceRefreshStatus } from '@aws-sdk/client-auto-scaling';
import type { Minute } from '@evenkeel/core/quantities';
import type { Refresh, RefreshStatus } from '@evenkeel/engine/ports';
import { minuteOfDate } from '../time.ts';
import { typesOf } from './desired-configuration.ts';

const STATUS: Readonly<Record<InstanceRefreshStatus, RefreshStatus>> = {
  Pending: 'pending',
  InProgress: 'in-progress',
  Baking: 'baking',
  RollbackInProgress: 'rolling-back',
  Cancelling: 'cancelling',
  Successful: 'successful',
  Failed: 'failed',
  Cancelled: 'cancelled',
  RollbackSuccessful: 'rolled-back',
  RollbackFailed: 'rollback-failed',
};

/** Translates. One that AWS has not begun yet has no start: it counts as started `now`, when it was read. */
export function refreshFrom(refresh: InstanceRefresh, now: Minute): Refresh {
  const types = typesOf(refresh.DesiredConfiguration);
  const { EndTime: end, InstancesToUpdate: toReplace, StatusReason: reason } = refresh;
  return {
    id: refresh.InstanceRefreshId ?? '',
    // What AWS may add one day is under way as long as it has no end.
    status: refresh.Status ? (STATUS[refresh.Status] ?? (end ? 'failed' : 'in-progress')) : 'pending',
    percent: refresh.PercentageComplete ?? 0,
    startedAt: refresh.StartTime ? minuteOfDate(refresh.StartTime) : now,
    ...(end && { endedAt: minuteOfDate(end) }),
    ...(reason !== undefined && reason !== '' && { reason }),
    ...(types && { types }),
    ...(toReplace !== undefined && { toReplace }),
  };
}
