import { minuteOf } from '@evenkeel/core/quantities';
import { chosenGroups } from '../chosen-groups.ts';
import { type AwsOptions, asUserErrors, compose } from '../compose.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type GroupPlan, groupPlan } from './group-plan.ts';
import { planReport } from './plan-report.ts';

export interface PlanOptions extends AwsOptions {
  readonly json?: true;
}

/** Shows the floors of the next 24 hours of each group of a workload; writes nothing. */
export async function runPlan(workload: string, options: PlanOptions, terminal: Terminal): Promise<void> {
  const composition = await compose({ ...options, onlyLooks: true }, terminal);
  try {
    const now = minuteOf(terminal.clock.now());
    const plans = await asUserErrors(async () => {
      const groups = await chosenGroups(composition, workload);
      return Promise.all(groups.map((group) => groupPlan(composition.ports, group, now)));
    });
    const known = plans.filter((plan) => plan !== undefined);
    if (options.json) {
      terminal.out(`${JSON.stringify(known.map(withoutPicture), undefined, 1)}\n`);
      return;
    }
    const shown = { now, paint: painter(terminal.colour), columns: terminal.columns };
    terminal.out(known.map((plan) => planReport(plan, shown)).join('\n'));
    const wrong = plans.length - known.length;
    if (wrong > 0)
      terminal.out(
        `${wrong} of its groups are left alone, their tags are wrong: evenkeel doctor ${workload}\n`,
      );
  } finally {
    composition.close();
  }
}

function withoutPicture(plan: GroupPlan): Omit<GroupPlan, 'picture'> {
  const { picture: _, ...rest } = plan;
  return rest;
}
