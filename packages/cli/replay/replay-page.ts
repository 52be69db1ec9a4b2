import { utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, MS_PER_MINUTE } from '@evenkeel/core/quantities';
import { type BenchRow, type Run, replay, type Trace, track } from '@evenkeel/core/replay';
import { escaped } from '@evenkeel/dashboard/svg';
import { BEST_CLASSIC, EVENKEEL, USUAL } from '../bench/bench-row.ts';
import { busiestDay } from '../page/busiest-day.ts';
import { CHART_KEY, CHART_WIDTH, cards, overviewTable, page } from '../page/page.ts';
import type { Picture } from '../page/picture.ts';
import { svgChart } from '../page/svg-chart.ts';
import { change } from '../render/change.ts';
import { COST_LEGEND, SHARES_LEGEND } from '../render/legend.ts';
import { REPLAY_COLUMNS, replayCells, verdict } from './replay-table.ts';

/** What a page of a replay is made from. */
export interface PlayedTrace {
  readonly name: string;
  /** Instant of the first minute, milliseconds since 1970-01-01T00:00Z. */
  readonly startedAt: number;
  /** What the replay was asked for, and what there is to know of the trace, in words. */
  readonly setting: string;
  readonly notes: readonly string[];
  readonly trace: Trace;
  readonly rows: readonly BenchRow[];
  /** Evenkeel's own run. */
  readonly run: Run;
}

/** A replay as one page: the scored days under the usual target tracking and under Evenkeel, and every policy's figures. */
export function replayPage(played: PlayedTrace): string {
  const { name, setting, notes, rows } = played;
  const picture = scoredPicture(played);
  const day = busiestDay(picture);
  const chart = (span: { readonly from: number; readonly to: number }, height: number, title: string) =>
    svgChart(picture, { ...span, width: CHART_WIDTH, height, title: `${name}: ${title}` });
  const whole = { from: 0, to: picture.need.length };
  return page(`Evenkeel replay of ${name}`, [
    `<h1>${escaped(name)}</h1>`,
    `<p class="soft">${escaped(setting)}</p>`,
    ...notes.map((note) => `<p class="note">${escaped(note)}</p>`),
    figures(rows),
    `<article><p>${escaped(verdict(rows))}</p>`,
    `<h3>All scored days; grey is target tracking at 50 %</h3>${chart(whole, 230, 'need and capacity on the scored days')}${CHART_KEY}`,
    `<h3>The busiest of them, ${utc((picture.start + day.from) as Minute).slice(0, 10)}</h3>${chart(day, 210, 'the busiest day')}</article>`,
    '<h1>Every policy</h1>',
    policies(rows),
    `<p class="soft">${escaped(`${COST_LEGEND}. ${SHARES_LEGEND}.`)}</p>`,
  ]);
}

function scoredPicture({ trace, run, startedAt }: PlayedTrace): Picture {
  const { world } = run;
  const from = trace.historyDays * MINUTES_PER_DAY;
  const to = trace.demand.length;
  const usual = replay({ demand: trace.demand, world, policy: track(0.5) });
  return {
    start: (Math.floor(startedAt / MS_PER_MINUTE) + from) as Minute,
    need: trace.demand.subarray(from, to).map((demand) => demand / world.sloUtilisation),
    owner: Float64Array.from(usual.inService.subarray(from, to)),
    evenkeel: Float64Array.from(run.inService.subarray(from, to)),
  };
}

function figures(rows: readonly BenchRow[]): string {
  const [own, usual] = [EVENKEEL, USUAL].map((name) => rows.find(({ policy }) => policy === name)!) as [
    BenchRow,
    BenchRow,
  ];
  const arrow = (of: (row: BenchRow) => string) => `${of(usual)} → ${of(own)}`;
  return cards([
    {
      value: arrow(({ riskAdjustedCost }) => riskAdjustedCost.toFixed(2)),
      what: `cost with risk, from tt-50 to Evenkeel: ${change(usual.riskAdjustedCost, own.riskAdjustedCost)}`,
    },
    {
      value: arrow(({ billedRatio }) => billedRatio.toFixed(2)),
      what: `billed, of perfect foresight's bill: ${change(usual.billedRatio, own.billedRatio)}`,
    },
    { value: arrow(({ hotPercent }) => hotPercent.toFixed(2)), what: '% of minutes above 70 % CPU' },
    { value: arrow(({ launchesPerDay }) => launchesPerDay.toFixed(0)), what: 'launches a day' },
  ]);
}

function policies(rows: readonly BenchRow[]): string {
  const strong = new Set<string>([EVENKEEL, BEST_CLASSIC, USUAL]);
  const sorted = rows.toSorted((a, b) => a.riskAdjustedCost - b.riskAdjustedCost);
  return overviewTable(
    REPLAY_COLUMNS,
    sorted.map((row) =>
      replayCells(row).map((cell) => (strong.has(row.policy) ? `<b>${escaped(cell)}</b>` : escaped(cell))),
    ),
  );
}
