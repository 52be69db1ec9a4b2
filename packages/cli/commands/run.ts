import { Command } from 'commander';
import type { RunOptions } from '../run/run-run.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Takes on every Auto Scaling group that carries the tag evenkeel:workload, with
the credentials the AWS CLI would use. A group is only watched unless its tag
evenkeel:mode says otherwise (recommend, approve, auto). The first start reads
up to 28 days of metrics; then each group is looked at every five minutes.

Decisions and what was learned stay in .evenkeel/evenkeel.db of the present
folder, where status, explain, pause, resume and off find them.

With --rollouts this process also carries changes of instance types out, where
the mode allows them or somebody approved (evenkeel approve). How far each is
stands in the store: the next start goes on there.

Ctrl-C is safe at any time: what stands in AWS goes on by itself and ends at
each group's own minimum within 30 hours.

Examples:
  evenkeel run --region eu-west-1
  evenkeel run --once                one look, for a cron job
  evenkeel run --rollouts            change instance types too
  evenkeel run --json >> ledger.jsonl`;

/** `evenkeel run`: the loops in one process with an embedded store. */
export function runCommand(terminal: Terminal): Command {
  const command = new Command('run')
    .summary('steer the tagged groups of an AWS account from this process')
    .description(
      'Reviews and ticks in one process, nothing deployed: to try on a real account, and a fallback.',
    )
    .option('--once', 'one review where it is due and one tick, then end')
    .option('--rollouts', 'carry out changes of instance types: canary, measurement, finish or back')
    .option('--json', 'print ledger entries as JSON, one a line')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (options: RunOptions) => {
    const { runRun } = await import('../run/run-run.ts');
    await runRun(options, terminal);
  });
}
