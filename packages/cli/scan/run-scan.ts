import type { Tier } from '@evenkeel/core/workload';
import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { type GroupScan, scanGroup } from '@evenkeel/engine/scan';
import { groupsThere, nothingToShow, placeOf } from '../chosen-groups.ts';
import { type AwsOptions, type Composition, compose } from '../compose.ts';
import { inDemoRegion } from '../demo/demo-place.ts';
import { pageFile } from '../program/page-file.ts';
import { UserError } from '../program/user-error.ts';
import { painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import { MOST_COLUMNS } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { scanPage } from './scan-page.ts';
import { scanReport } from './scan-report.ts';
import { byWorth } from './scan-words.ts';

export interface ScanOptions extends AwsOptions {
  readonly all?: true;
  readonly tier: Tier;
  readonly html?: string;
  readonly demo?: true;
  readonly json?: true;
}

/** What a scan found, and what it could not read. */
export interface Scanned {
  readonly place: string;
  readonly at: number;
  readonly scans: readonly GroupScan[];
  readonly failures: readonly { readonly group: string; readonly message: string }[];
}

/** Says what Evenkeel would have done with the groups of an account; reads only. */
export async function runScan(
  workload: string | undefined,
  options: ScanOptions,
  given: Terminal,
): Promise<void> {
  const terminal = options.demo ? inDemoRegion(given) : given;
  const composition = await compose(
    { ...options, onlyLooks: true, ...(options.all && { everyGroup: true }) },
    terminal,
  );
  try {
    const groups = await groupsOf(composition, workload, options);
    const page =
      options.html === undefined ? undefined : await pageFile('--html', options.html, terminal.folder);
    const scanned = await scanAll(composition, groups, { options, terminal });
    await page?.write(scanPage(scanned));
    if (options.json) {
      terminal.out(`${JSON.stringify(asJson(scanned), undefined, 1)}\n`);
      return;
    }
    const look = { paint: painter(terminal.colour), columns: Math.min(terminal.columns, MOST_COLUMNS) };
    terminal.out(scanReport(scanned, { ...look, options }));
  } finally {
    composition.close();
  }
}

async function groupsOf(
  composition: Composition,
  workload: string | undefined,
  { all }: ScanOptions,
): Promise<readonly GroupSnapshot[]> {
  const groups = await groupsThere(composition, workload);
  if (groups.length > 0) return groups;
  const place = placeOf(composition);
  if (workload === undefined && all) throw new UserError(`there is no Auto Scaling group in ${place}.`);
  if (workload !== undefined) throw nothingToShow(workload, place);
  throw new UserError(
    `no Auto Scaling group in ${place} has the tag evenkeel:workload; write --all to scan every group as it is.`,
  );
}

async function scanAll(
  composition: Composition,
  groups: readonly GroupSnapshot[],
  { options, terminal }: { readonly options: ScanOptions; readonly terminal: Terminal },
): Promise<Scanned> {
  const bar = progress(terminal, { label: 'scan', total: groups.length, silent: options.json ?? false });
  const now = terminal.clock.now();
  const scans: GroupScan[] = [];
  const failures: { group: string; message: string }[] = [];
  for (const [index, group] of groups.entries()) {
    const { name } = group.ref;
    bar.update(index, `${name}: reading four weeks`);
    const onProgress = (share: number) => bar.update(index + share, `${name}: replaying`);
    try {
      scans.push(await scanGroup(composition.ports, group, { now, assumedTier: options.tier, onProgress }));
    } catch (error) {
      failures.push({ group: name, message: (error as Error).message });
    }
  }
  bar.finish();
  return { place: placeOf(composition), at: now, scans: byWorth(scans), failures };
}

/** Everything but the minutes. */
function asJson({ scans, failures, place }: Scanned): unknown {
  const groups = scans.map(({ backtest, ...scan }) => {
    if (backtest === undefined) return scan;
    const { picture: _, ...figures } = backtest;
    return { ...scan, backtest: figures };
  });
  return { place, groups, failures };
}
