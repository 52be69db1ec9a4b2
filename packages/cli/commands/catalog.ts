import { Command } from 'commander';
import type { CatalogueOptions } from '../catalogue/run-catalogue.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withPlaceOptions } from './aws-options.ts';

const MORE = `
Facts, prices and Spot discounts come with the release, with the day of each.
With --refresh AWS is asked (DescribeInstanceTypes, Spot price history, Pricing
API; a minute, read-only), and what it says goes before them from then on, in
reviews of shapes and in this list. Performance stays the release's: AWS
publishes none, canaries measure it.

Examples:
  evenkeel catalog --region eu-west-1
  evenkeel catalog --refresh
  evenkeel catalog --json`;

/** `evenkeel catalog`: how old facts and prices are. */
export function catalogCommand(terminal: Terminal): Command {
  const command = new Command('catalog')
    .summary('instance types and prices: how old, and what AWS says today')
    .description('Shows how old the facts and prices of instance types are, and refreshes them.')
    .option('--refresh', 'ask AWS, and keep what it says')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withPlaceOptions(command).action(async (options: CatalogueOptions) => {
    const { runCatalogue } = await import('../catalogue/run-catalogue.ts');
    await runCatalogue(options, terminal);
  });
}
