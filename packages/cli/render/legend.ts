/** What the columns of a bench or replay table mean; figures without units confuse. */
export const FIGURES_LEGEND = `risk-adj. cost: (billed + loss factor x shortage) / what perfect foresight would have billed; lower is better
billed: instance-minutes against perfect foresight · hot: minutes short of need · unserved: demand above 100 %`;
