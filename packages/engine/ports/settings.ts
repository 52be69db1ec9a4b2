import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { Mode } from '@evenkeel/core/workload';

/** Demand somebody announced: a launch, a sale. */
export interface ExpectedEvent {
  readonly name: string;
  readonly from: Minute;
  readonly until: Minute;
  /** Demand as a multiple of the forecast; 1 where only instances are added. */
  readonly factor: number;
  /** Instances on top of the floors. */
  readonly add?: Instances;
  /** When it was asked for: an older request of the same name never replaces a newer one. */
  readonly askedAt?: Minute;
  /** The person, alarm or system that asked. */
  readonly by?: string;
}

/** What people set for a workload by command or button; a tag beats a button. */
export interface WorkloadSettings {
  readonly mode?: Mode;
  readonly expected: readonly ExpectedEvent[];
}

export interface SettingsStore {
  /** `{ expected: [] }` where nothing was ever set. */
  load(workload: string): Promise<WorkloadSettings>;
  save(workload: string, settings: WorkloadSettings): Promise<void>;
}
