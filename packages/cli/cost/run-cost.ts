import { type CostReport, costReport, takeSamples } from '@evenkeel/functions/cost';
import type { CostOptions } from '../commands/cost.ts';
import { painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import { table } from '../render/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Simulates, prices and prints what running Evenkeel costs a month. */
export async function runCost({ groups, days, json }: CostOptions, terminal: Terminal): Promise<void> {
  const bar = progress(terminal, { label: 'Counting calls', total: 100, silent: json ?? false });
  const samples = await takeSamples(days, (share) => bar.update(Math.round(share * 100)));
  bar.finish();
  const report = costReport(samples, groups);
  terminal.out(json ? `${JSON.stringify({ ...report, samples }, null, 1)}\n` : words(report, terminal));
}

function words({ bill, savings, days }: CostReport, terminal: Terminal): string {
  const paint = painter(terminal.colour);
  const rows = bill.lines.map(({ what, dollars, amount }) => [
    what,
    money(dollars),
    `${((dollars / bill.total) * 100).toFixed(0)} %`,
    amount,
  ]);
  const columns = [
    { title: 'a month' },
    { title: 'dollars', align: 'right' },
    { title: 'share', align: 'right' },
    { title: 'for' },
  ] as const;
  const less = savings.map(
    ({ what, total }) => `  ${what}: $${money(total)} ($${money(total / bill.groups)} a group)`,
  );
  return [
    '',
    table(columns, rows),
    paint(
      'strong',
      `$${money(bill.total)} a month for ${bill.groups} groups: $${money(bill.perGroup)} a group.`,
    ),
    calls(bill.autoScalingCallsPerSecond),
    '',
    'What lowers it most:',
    ...less,
    '',
    `Counted over ${days} simulated ${days === 1 ? 'day' : 'days'} under the deployed functions; list prices of us-east-1, no free tiers.`,
    '',
  ].join('\n');
}

function calls(perSecond: number): string {
  const said = `Calls of EC2 Auto Scaling: ${perSecond.toFixed(2)} a second on average, were all groups in one account and region;`;
  const most = 'it makes two there at most';
  return perSecond <= MOST_CALLS
    ? `${said} ${most}.`
    : `${said}\n${most}, so each group is ticked about every ${Math.ceil((5 * perSecond) / MOST_CALLS)} minutes then.`;
}

/** S26: what Evenkeel allows itself a second. */
const MOST_CALLS = 2;

function money(dollars: number): string {
  return dollars >= 100 ? dollars.toFixed(0) : dollars.toFixed(2);
}
