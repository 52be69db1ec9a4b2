/**
 * What is said between the benchmark and a peer's process: one JSON object a line, each answered with one.
 * Slots are stretches of `slotMinutes` counted from the trace's first minute; levels and values are capacity units.
 */
export type Message = OpenMessage | ForecastMessage;
export type Reply = OpenedReply | ForecastsReply | FailedReply;

/** The first message of every trace: forget what was seen before. */
export interface OpenMessage {
  readonly kind: 'open';
  readonly peer: string;
  readonly slotMinutes: number;
}

export interface OpenedReply {
  readonly kind: 'opened';
  /** Name and version of the package that decides. */
  readonly package: string;
}

/** Asks for the next `slots` slots, the first being number `at`. */
export interface ForecastMessage {
  readonly kind: 'forecast';
  readonly at: number;
  readonly slots: number;
  readonly lanes: readonly LaneMessage[];
}

/** What one run of the peer has seen since it was last asked. */
export interface LaneMessage {
  readonly lane: string;
  /** The share of minutes that the answer shall cover. */
  readonly quantile: number;
  /** Number of the first slot in `values`; values told earlier for it and later slots are replaced. */
  readonly from: number;
  /** The highest visible demand of each slot. */
  readonly values: readonly number[];
}

export interface ForecastsReply {
  readonly kind: 'forecasts';
  /** Levels of the next slots for each lane, in the order asked. */
  readonly levels: readonly (readonly number[])[];
  /** Models fitted, and seconds of computing, for this answer. */
  readonly fits: number;
  readonly seconds: number;
}

export interface FailedReply {
  readonly kind: 'failed';
  readonly error: string;
}
