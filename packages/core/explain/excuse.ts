/** Why something was not done. Short codes in the words of the field; their sentences stand in sentences.ts. */
export type ExcuseCode =
  | 'insufficient-history'
  | 'stale-metrics'
  | 'missing-metrics'
  | 'implausible-demand'
  | 'anomaly'
  | 'fleet-brake'
  | 'fleet-pace'
  | 'mode-does-not-allow'
  | 'policy-not-tunable'
  | 'coarse-metrics'
  | 'target-wanted-back'
  | 'no-better-strategy'
  | 'at-max-size'
  | 'group-asleep'
  | 'too-many-actions'
  | 'group-gone'
  | 'wrong-tag'
  | 'not-ours'
  | 'unexplained-change'
  | 'step-did-not-run'
  | 'replay-does-not-match'
  | 'budget-exhausted'
  | 'outside-window'
  | 'write-refused'
  // Why no shape was looked for (engine/review/shape).
  | 'type-not-in-catalogue'
  | 'catalogue-missing'
  // Why a change of shape does not begin (core/rollout).
  | 'refresh-under-way'
  | 'hold-in-force'
  | 'not-reversible'
  | 'zone-without-type'
  | 'vcpu-quota'
  | 'no-free-addresses'
  | 'image-architecture'
  | 'dry-run-refused'
  | 'rollout-outside-window'
  | 'max-size'
  | 'not-convertible'
  | 'uneven-share'
  | 'guard-not-ok'
  | 'rollout-under-way'
  | 'approval-lapsed'
  | 'approval-missing';

/** "No" as a value: what was not done, what limits it, and the numbers that decided. */
export interface Excuse {
  readonly code: ExcuseCode;
  /** The limiting resource or field, in the user's words: `MaxSize`, `history`, `evenkeel:tier`. */
  readonly bottleneck: string;
  /** The numbers and names the sentence needs. */
  readonly facts: Readonly<Record<string, number | string>>;
}
