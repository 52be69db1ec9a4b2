import { excuse, type Run } from './run.ts';

/** S7: without any policy nothing would ever scale in again what a floor raised. */
export function canScaleIn(run: Run): boolean {
  const scales = run.group.policies.some((each) => each.enabled && each.kind !== 'predictive');
  if (!scales)
    excuse(run, { code: 'policy-not-tunable', bottleneck: 'no scaling policy', facts: { policies: 0 } });
  return scales;
}
