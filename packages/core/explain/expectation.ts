/** A figure before and after a change. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/**
 * What a change is expected to do, from the replay of the group's own history. A part is absent where it is not known;
 * no part is ever guessed.
 */
export interface Expectation {
  /** US dollars in a month of 30 days. */
  readonly dollarsPerMonth?: BeforeAfter;
  /** Where the dollars come from: AWS's list price, or the discounts somebody stated in the settings (S23). */
  readonly priceBasis?: 'list' | 'stated';
  readonly instanceHoursPerDay?: BeforeAfter;
  /** Instance-minutes a day by which capacity stays below need. */
  readonly missingPerDay?: BeforeAfter;
  /** Minutes a day in which need exceeds capacity. */
  readonly hotMinutesPerDay?: BeforeAfter;
  readonly launchesPerDay?: BeforeAfter;
}
