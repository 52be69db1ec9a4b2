import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import {
  benchTrace,
  createWorld,
  type BenchRow as PolicyRow,
  type Run,
  type Trace,
} from '@evenkeel/core/replay';
import { lossFactor } from '@evenkeel/core/workload';
import type { ReplayOptions } from '../commands/replay.ts';
import { given } from '../program/option-values.ts';
import { pageFile } from '../program/page-file.ts';
import { chart } from '../render/chart.ts';
import { COST_LEGEND, SHARES_LEGEND } from '../render/legend.ts';
import { painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { prepare } from '../trace/prepare.ts';
import { readTrace } from '../trace/read-trace.ts';
import type { TraceFile } from '../trace/trace-file.ts';
import { traceNotes } from '../trace/trace-notes.ts';
import { replayPage } from './replay-page.ts';
import { replayTable, verdict } from './replay-table.ts';

const CHART_ROWS = 14;
const MS_PER_DAY = MINUTES_PER_DAY * 60_000;

/** A trace that was played with every policy. */
interface Played {
  readonly file: TraceFile;
  readonly trace: Trace;
  readonly rows: readonly PolicyRow[];
  /** Evenkeel's own run. */
  readonly run: Run;
}

/** Plays one trace with every policy and prints table, verdict and chart, or the rows as JSON. */
export async function runReplay(options: ReplayOptions, terminal: Terminal): Promise<void> {
  const path = given(options.trace, '--trace', 'write evenkeel replay --trace FILE.csv');
  const page =
    options.html === undefined ? undefined : await pageFile('--html', options.html, terminal.folder);
  const played = play(await readTrace(path, terminal.folder), options, terminal);
  await page?.write(replayPage({ ...played.file, ...played, ...saidOf(played, options) }));
  if (options.json) terminal.out(`${JSON.stringify(asJson(played, options), undefined, 1)}\n`);
  else terminal.out(report(played, options, terminal));
  if (page && !options.json) terminal.out(`The page is in ${options.html}; open it in a browser.\n`);
}

function play(file: TraceFile, options: ReplayOptions, terminal: Terminal): Played {
  const trace = prepare(file);
  const bar = progress(terminal, { label: `replay ${file.name}`, total: trace.demand.length });
  let run: Run | undefined;
  const rows = benchTrace({
    trace,
    world: createWorld({ startup: options.startup }),
    lossFactors: [lossFactor(options.tier)],
    onReview: (minute) =>
      bar.update(minute, `night ${Math.floor(minute / MINUTES_PER_DAY)} of ${trace.days}`),
    onRun: (own) => {
      run = own;
    },
  });
  bar.finish();
  if (run === undefined) throw new Error('the replay gave no run of Evenkeel');
  return { file, trace, rows, run };
}

/** What was asked for, and what there is to know of the trace. */
function saidOf({ file, trace }: Played, { tier, startup }: ReplayOptions) {
  const scored = trace.days - trace.historyDays;
  const world = `tier ${tier} (loss factor ${lossFactor(tier)}), start-up ${startup} min`;
  return {
    setting: `${trace.historyDays} days learned from, ${scored} scored; ${world}`,
    notes: traceNotes(file, trace),
  };
}

function report(played: Played, options: ReplayOptions, terminal: Terminal): string {
  const { file, trace, rows, run } = played;
  const paint = painter(terminal.colour);
  const { setting, notes } = saidOf(played, options);
  const head = [paint('strong', file.path), setting, ...notes].join('\n');
  const days = Math.min(options.days, trace.days - trace.historyDays);
  const from = (trace.days - days) * MINUTES_PER_DAY;
  const picture = chart(
    {
      need: trace.demand.subarray(from).map((demand) => demand / run.world.sloUtilisation),
      capacity: Float64Array.from(run.inService.subarray(from, trace.demand.length)),
      startedAt: file.startedAt + (from / MINUTES_PER_DAY) * MS_PER_DAY,
      columns: Math.min(terminal.columns, 120),
      rows: CHART_ROWS,
    },
    paint,
  );
  const title = paint(
    'strong',
    `Need and capacity under Evenkeel, last ${days === 1 ? 'day' : `${days} days`}`,
  );
  return `\n${head}\n\n${replayTable(rows, paint)}\n${verdict(rows)}\n\n${title}\n\n${picture}\n${paint('quiet', `${COST_LEGEND}\n${SHARES_LEGEND}`)}\n`;
}

function asJson({ file, trace, rows }: Played, options: ReplayOptions): unknown {
  return {
    trace: file.name,
    startup: options.startup,
    tier: options.tier,
    days: trace.days,
    historyDays: trace.historyDays,
    results: rows,
  };
}
