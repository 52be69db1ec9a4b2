import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LedgerEntry, utc } from '@evenkeel/core/explain';
import { messagesOf } from '@evenkeel/slack/messages';
import type { Region } from '@evenkeel/twin';
import type { DemoOptions } from '../commands/demo.ts';
import { pageFile } from '../program/page-file.ts';
import { elapsed } from '../render/elapsed.ts';
import { type Paint, painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import { wrap } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type BeforeAfterRow, beforeAndAfter } from './before-after.ts';
import { DEMO_ENDS, EVENKEEL_BEGINS } from './calendar.ts';
import { createDayTeller, type DayTeller } from './day-report.ts';
import { demoPage } from './demo-page.ts';
import { demoRegion } from './demo-region.ts';
import { demoReport, findingOf, savedPerMonth } from './demo-report.ts';
import { readDemoTypes } from './demo-types.ts';
import { liveDemo } from './live-demo.ts';
import { messagesPage } from './messages-page.ts';
import { DEMO_FILE, DEMO_PAGE, prepareDemo, saveDemo } from './saved-demo.ts';
import type { DemoWorkload } from './workload.ts';
import { demoWorkloads } from './workloads.ts';

/** Lives through the demo, telling it as it goes, saves its ledger and prints the accounts; or gives them as JSON. */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const startedAt = terminal.elapsed();
  const paint = painter(terminal.colour);
  const { messages, seed } = options;
  const page = messages === undefined ? undefined : await pageFile('--messages', messages, terminal.folder);
  await prepareDemo(terminal.folder);
  const workloads = demoWorkloads(seed);
  if (!options.json) terminal.out(opening(workloads, paint, terminal));
  const teller = createDayTeller({ paint, columns: terminal.columns });
  const types = await readDemoTypes();
  const region = demoRegion(workloads, seed, types);
  const entries = await watch({ region, options, teller, terminal });
  const names = workloads.map(({ name }) => name);
  await saveDemo(terminal.folder, { version: 1, seed, workloads: names, entries });
  await page?.write(messagesPage(entries, region));
  const rows = beforeAndAfter(region, workloads, types);
  await writeFile(join(terminal.folder, DEMO_PAGE), demoPage({ region, workloads, rows, entries }));
  if (options.json) {
    terminal.out(`${JSON.stringify(asJson(seed, rows, entries), undefined, 1)}\n`);
    return;
  }
  terminal.out(`\n${demoReport(rows, workloads, entries, { paint, columns: terminal.columns })}\n`);
  const time = elapsed(terminal.elapsed() - startedAt);
  terminal.out(
    `\n${paint('strong', `${savedPerMonth(rows)} a month less`)} for the six together, ${teller.messages()} Slack messages in two weeks.\n\n` +
      `What it looked like is in ${DEMO_PAGE}; open it in a browser.\n${messages === undefined ? '' : `The messages are in ${messages}; open it in a browser.\n`}Took ${time}. The ledger, ${entries.length} entries, is in ${DEMO_FILE}; ask it:\n  evenkeel explain ${names[0]}\n`,
  );
}

function asJson(seed: number, rows: readonly BeforeAfterRow[], entries: readonly LedgerEntry[]): unknown {
  return {
    seed,
    workloads: rows.map((row) => ({ ...row, finding: findingOf(row.workload, entries) })),
    messages: messagesOf(entries).map(({ at, text }) => ({ at: new Date(at * 60_000).toISOString(), text })),
  };
}

function opening(workloads: readonly DemoWorkload[], paint: Paint, terminal: Terminal): string {
  const width = Math.min(terminal.columns, 100);
  const lines = workloads.flatMap(({ name, tier, about }) =>
    wrap(`  ${paint('strong', name.padEnd(11))} tier ${tier}  ${about}`, width, ' '.repeat(22)),
  );
  return `\nSix Auto Scaling groups have run four weeks on target tracking at 50 %.\nNow their tags let Evenkeel in:\n\n${lines.join('\n')}\n`;
}

async function watch(demo: {
  readonly region: Region;
  readonly options: DemoOptions;
  readonly teller: DayTeller;
  readonly terminal: Terminal;
}): Promise<readonly LedgerEntry[]> {
  const { region, options, teller, terminal } = demo;
  const bar = progress(terminal, { label: 'demo', total: DEMO_ENDS - EVENKEEL_BEGINS });
  const entries = await liveDemo(region, {
    onMinute: (at) => bar.update(at - EVENKEEL_BEGINS, utc(at)),
    onDay: (day) => {
      if (options.json) return;
      bar.clear();
      terminal.out(teller.tell(day));
    },
  });
  bar.finish();
  return entries;
}
