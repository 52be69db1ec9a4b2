/** What the figures mean; tables without units confuse. */
export const COST_LEGEND = `cost: risk-adjusted, (billed + loss factor x shortage) / what perfect foresight
would have billed, in instance-minutes; lower is better, 1.0 is about the limit`;

export const SHARES_LEGEND = `billed: against perfect foresight · hot: minutes short of need (demand / 0.70)
unserved: demand above 100 % utilisation · launches: cancelled ones too`;

/** How a strategy's name is read (core's `nameStrategy`); wrapped by who shows it. */
export const STRATEGY_LEGEND =
  'tt-65 over 90 %: target tracking at 65 %, above floors at the 90 % quantile of what its forecast expects; or usual: never less than half of ' +
  'the days had at that time; surge x4: at saturation, four times the capacity.';
