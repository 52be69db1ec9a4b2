import { counted } from '@evenkeel/core/explain';
import type { GroupScan } from '@evenkeel/engine/scan';
import { STRATEGY_LEGEND } from '../render/legend.ts';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import type { Scanned, ScanOptions } from './run-scan.ts';
import { savedInAll, scanTable } from './scan-table.ts';
import { measuredWords, notes, scoredDays, trustIn, whatItDid } from './scan-words.ts';

interface Look {
  readonly paint: Paint;
  readonly columns: number;
  readonly options: Pick<ScanOptions, 'html' | 'demo'>;
}

/** A scan for people: the table, then group by group what would have been done and what limits it. Ends with a newline. */
export function scanReport(scanned: Scanned, look: Look): string {
  const { scans, failures, place } = scanned;
  const { paint, columns } = look;
  const replayed = scans.filter(({ backtest }) => backtest !== undefined);
  const others = scans.filter(({ backtest }) => backtest === undefined);
  const lines = (text: string) => wrap(text, columns);
  return [
    paint('quiet', place),
    '',
    ...(replayed.length > 0
      ? [
          ...headline(replayed, look),
          '',
          scanTable(scans, look),
          ...lines(LEGEND).map((line) => paint('quiet', line)),
          '',
        ]
      : []),
    ...replayed.flatMap((scan) => [...groupLines(scan, spansOf(replayed), look), '']),
    ...(others.length > 0 ? [paint('strong', 'Not replayed'), ''] : []),
    ...others.flatMap((scan) => [...otherLines(scan, look), '']),
    ...failures.flatMap(({ group, message }) =>
      lines(`${paint('bad', group)} could not be read: ${message}`),
    ),
    ...(replayed.length > 0 ? [...lines(TYPES), ''] : []),
    ...next(scanned, look),
    '',
  ].join('\n');
}

/** A scan has neither a verified replay to stand on nor a canary to measure with: it says where types are weighed. */
const TYPES =
  'Instance types were left as they are. Of a tagged group, in any mode, Evenkeel compares them with every other once a week, as soon as its replay of two ' +
  'weeks matches; evenkeel explain WORKLOAD --shape then says which would be better, or why none is.';

const LEGEND =
  "before → after: the group's own target tracking, and Evenkeel, both replayed on the same demand. Money: list prices, 30 days. hot: minutes a " +
  'day with demand above the SLO utilisation (0.70 unless tagged). risk-adj.: (billed + loss factor x short) / what perfect foresight would have ' +
  'billed; lower is better. 1?: no tag says the tier. ' +
  STRATEGY_LEGEND;

function headline(replayed: readonly GroupScan[], { paint, columns }: Look): readonly string[] {
  const spans = spansOf(replayed);
  const [only] = spans;
  const learned = replayed[0]!.backtest!.learnedDays;
  const days =
    spans.length === 1
      ? `${only}; the ${learned} days before were only learned from`
      : 'the later half of the history of each (see below); the first half was only learned from';
  const saved = savedInAll(replayed);
  const worth = saved === undefined ? '' : `: ${paint('strong', saved)}`;
  return wrap(
    `Had Evenkeel run ${counted(replayed.length, 'group')} in mode auto${worth}. Scored ${days}.`,
    columns,
  );
}

/** The scored days, each span once. */
function spansOf(replayed: readonly GroupScan[]): readonly string[] {
  return [...new Set(replayed.map(({ backtest }) => scoredDays(backtest!)))];
}

function groupLines(scan: GroupScan, days: readonly string[], { paint, columns }: Look): readonly string[] {
  const { ref, backtest } = scan;
  const did = `${paint('strong', ref.name)}  ${whatItDid(backtest!)} ${sentence(trustIn(backtest!))}`;
  const own = `Scored ${scoredDays(backtest!)}, ${counted(backtest!.learnedDays, 'day')} learned from before.`;
  return [
    ...wrap(did, columns, INDENT),
    ...(days.length === 1 ? [] : wrap(`${INDENT}${own}`, columns, INDENT)),
    ...notes(scan).flatMap((note) =>
      wrap(`${INDENT}${paint('careful', '!')} ${note}`, columns, `${INDENT}  `),
    ),
  ];
}

function otherLines(scan: GroupScan, { paint, columns }: Look): readonly string[] {
  const measured = measuredWords(scan);
  return [
    ...wrap(`${paint('strong', scan.ref.name)}  ${measured}`.trimEnd(), columns, INDENT),
    ...notes(scan).flatMap((note) =>
      wrap(`${INDENT}${paint('careful', '!')} ${note}`, columns, `${INDENT}  `),
    ),
  ];
}

const INDENT = '  ';

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What to do with it. */
function next({ scans }: Scanned, { paint, options, columns }: Look): readonly string[] {
  if (options.demo)
    return wrap('This was the simulated region of the demo; evenkeel demo lives on from here.', columns);
  const untagged = scans.find(({ workload, backtest }) => workload === undefined && backtest !== undefined);
  const page = options.html === undefined ? [] : [`The report is in ${options.html}.`];
  if (untagged === undefined) return page;
  return [
    ...page,
    paint('strong', 'To have a group watched (nothing is written without a mode):'),
    '  aws autoscaling create-or-update-tags --tags \\',
    `    ResourceId=${untagged.ref.name},ResourceType=auto-scaling-group,\\`,
    '    Key=evenkeel:workload,Value=NAME,PropagateAtLaunch=false',
    '  evenkeel run',
  ];
}
