import type { GroupRef, ItemFailure } from '../ports/index.ts';

/** Something a test makes go wrong in an in-memory port. Each hook is asked before the call has any effect. */
export interface Faults {
  /** An error makes the whole call reject. */
  readonly call?: (operation: string, ref: GroupRef | undefined) => Error | undefined;
  /** A failure makes one item of a batch fail; the rest goes on. */
  readonly item?: (operation: string, ref: GroupRef, name: string) => Omit<ItemFailure, 'name'> | undefined;
}

/** A holder tests change between calls; every in-memory port reads the faults at each call. */
export interface FaultSwitch {
  faults: Faults;
}

/** Rejects where the test wants this call to. */
export function failCall(faults: FaultSwitch, operation: string, ref?: GroupRef): void {
  const error = faults.faults.call?.(operation, ref);
  if (error) throw error;
}
