import { DEFAULT_SLO_UTILISATION } from '@evenkeel/core/workload';
import type { DemandReading } from '../ports/index.ts';
import type { Measured } from './group-scan.ts';
import { scanHistory, wholeDays } from './scan-history.ts';

/** What a reading says of its whole days; undefined where it has none. */
export function measuredOf(
  reading: DemandReading,
  sloUtilisation = DEFAULT_SLO_UTILISATION,
): Measured | undefined {
  return scanHistory(wholeDays(reading), sloUtilisation);
}
