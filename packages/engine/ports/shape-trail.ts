import type { Minute } from '@evenkeel/core/quantities';
import type { RolledBackShape, UnavailableOffering } from '@evenkeel/core/shape';

/** What the ledger says of a group's shapes up to a minute: read on from there, so that a night reads a day. */
export interface ShapeTrail {
  readonly readTo: Minute;
  /** When a change of shape last began or ended. */
  readonly lastChange?: Minute;
  /** The newest proposal, by its ledger id. */
  readonly proposed?: { readonly id: string; readonly at: Minute; readonly type: string };
  /** Rolled back, or rejected by a person. */
  readonly rolledBack: readonly RolledBackShape[];
  readonly unavailable: readonly UnavailableOffering[];
  /** Work per vCPU as canaries measured it, against another type. */
  readonly measured: readonly { readonly type: string; readonly against: string; readonly factor: number }[];
}
