import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Region } from '@evenkeel/twin';
import type { DemoOptions } from '../commands/demo.ts';
import { elapsed } from '../render/elapsed.ts';
import { type Paint, painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import { wrap } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { beforeAndAfter } from './before-after.ts';
import { DEMO_ENDS, EVENKEEL_BEGINS } from './calendar.ts';
import { dayReport } from './day-report.ts';
import { demoRegion } from './demo-region.ts';
import { demoReport, savedPerMonth } from './demo-report.ts';
import { liveDemo } from './live-demo.ts';
import { DEMO_FILE, saveDemo } from './saved-demo.ts';
import type { DemoWorkload } from './workload.ts';
import { demoWorkloads } from './workloads.ts';

/** Lives through the demo, telling it as it goes, saves its ledger and prints the accounts; or gives them as JSON. */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const startedAt = terminal.elapsed();
  const paint = painter(terminal.colour);
  const workloads = demoWorkloads(options.seed);
  if (!options.json) terminal.out(opening(workloads, paint, terminal));
  const region = demoRegion(workloads, options.seed);
  const entries = await tellLive(region, options, terminal);
  await saveDemo(terminal.folder, {
    version: 1,
    seed: options.seed,
    workloads: workloads.map(({ name }) => name),
    entries,
  });
  const rows = beforeAndAfter(region, workloads);
  if (options.json) {
    terminal.out(`${JSON.stringify({ seed: options.seed, workloads: rows }, undefined, 1)}\n`);
    return;
  }
  terminal.out(`\n${demoReport(rows, workloads, entries, { paint, columns: terminal.columns })}\n`);
  terminal.out(
    `\n${paint('strong', `${savedPerMonth(rows)} a month less`)} for the six together.\n\nTook ${elapsed(terminal.elapsed() - startedAt)}. The ledger, ${entries.length} entries, is in ${DEMO_FILE}; ask it:\n  evenkeel explain ${workloads[0]?.name}\n`,
  );
}

function opening(workloads: readonly DemoWorkload[], paint: Paint, terminal: Terminal): string {
  const width = Math.min(terminal.columns, 100);
  const lines = workloads.flatMap(({ name, tier, about }) =>
    wrap(`  ${paint('strong', name.padEnd(11))} tier ${tier}  ${about}`, width, ' '.repeat(22)),
  );
  return `\nSix Auto Scaling groups have run four weeks on target tracking at 50 %.\nNow their tags let Evenkeel in:\n\n${lines.join('\n')}\n`;
}

async function tellLive(
  region: Region,
  options: DemoOptions,
  terminal: Terminal,
): Promise<readonly LedgerEntry[]> {
  const bar = progress(terminal, { label: 'demo', total: DEMO_ENDS - EVENKEEL_BEGINS });
  const told = {
    paint: painter(terminal.colour),
    columns: terminal.columns,
    shown: new Set<string>(),
    raised: new Map<string, number>(),
  };
  const entries = await liveDemo(region, {
    onMinute: (at) =>
      bar.update(at - EVENKEEL_BEGINS, new Date(at * 60_000).toISOString().slice(0, 16).replace('T', ' ')),
    onDay: (day) => {
      if (options.json) return;
      bar.clear();
      terminal.out(dayReport(day, told));
    },
  });
  bar.finish();
  return entries;
}
