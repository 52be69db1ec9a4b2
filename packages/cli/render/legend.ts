/** What the figures mean; tables without units confuse. */
export const COST_LEGEND = `cost: risk-adjusted, (billed + loss factor x shortage) / what perfect foresight
would have billed, in instance-minutes; lower is better, 1.0 is about the limit`;

export const SHARES_LEGEND = `billed: against perfect foresight · hot: minutes short of need (demand / 0.70)
unserved: demand above 100 % utilisation · launches: cancelled ones too`;
