/** From what share of anomalous groups on nothing is lowered anywhere (S24). */
export const BRAKE_SHARE = 0.05;
/** One odd group is that group's own matter, however small the fleet. */
const LEAST_GROUPS = 2;

/** S24: whether so many of the groups behave oddly at once that the cause is likely common to all. */
export function isBraked(anomalous: number, all: number): boolean {
  return anomalous >= LEAST_GROUPS && anomalous > BRAKE_SHARE * all;
}
