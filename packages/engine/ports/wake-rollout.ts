import type { Approval } from './approvals.ts';

/**
 * Wakes the workflow that waits for this approval, if one does. Resolves where none waits, or none any more; rejects only where trying again
 * may help. A wake that is late, comes twice or is lost does no harm: the workflow looks for itself now and then.
 */
export type WakeRollout = (approval: Pick<Approval, 'callback'>) => Promise<void>;
