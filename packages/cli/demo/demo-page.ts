import { counted, dollars, type LedgerEntry, number, utc } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { escaped } from '@evenkeel/dashboard/svg';
import { type Message, messagesOf } from '@evenkeel/slack/messages';
import type { Region } from '@evenkeel/twin';
import { busiestDay } from '../page/busiest-day.ts';
import { accountHeadings, CHART_KEY, CHART_WIDTH, cards, overviewTable, page } from '../page/page.ts';
import { svgChart } from '../page/svg-chart.ts';
import { change } from '../render/change.ts';
import { STRATEGY_LEGEND } from '../render/legend.ts';
import type { BeforeAfterRow, Period } from './before-after.ts';
import { DEMO_DAYS } from './calendar.ts';
import { demoPicture } from './demo-picture.ts';
import { findingSentence, savedPerMonth } from './demo-report.ts';
import type { DemoWorkload } from './workload.ts';

/** What a demo came to. */
export interface LivedDemo {
  readonly region: Region;
  readonly workloads: readonly DemoWorkload[];
  /** In the order of the workloads. */
  readonly rows: readonly BeforeAfterRow[];
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
}

/** The demo as one page to look at: figures, charts of the two weeks, and what was told of each workload. */
export function demoPage(demo: LivedDemo): string {
  const messages = messagesOf(demo.entries);
  return page('Evenkeel demo', [
    '<h1>Two weeks with Evenkeel</h1>',
    '<p class="soft">A simulated region: six Auto Scaling groups that ran four weeks on target tracking at 50 %, then two weeks with their tags set. ' +
      'The code that decided is the one that steers real groups.</p>',
    figures(demo, messages.length),
    overview(demo),
    ...demo.workloads.map((_, index) => article(demo, index, messages)),
    METHOD,
  ]);
}

function sumOf(rows: readonly BeforeAfterRow[], of: (period: Period) => number) {
  const sum = (side: 'before' | 'after') => rows.reduce((all, row) => all + of(row[side]), 0);
  return { before: sum('before'), after: sum('after') };
}

function figures({ rows }: LivedDemo, messages: number): string {
  const money = sumOf(rows, ({ dollarsPerMonth }) => dollarsPerMonth);
  const launches = sumOf(rows, ({ launchesPerDay }) => launchesPerDay);
  return cards([
    {
      value: `${dollars(money.before)} → ${dollars(money.after)}`,
      what: `a month at list prices: ${change(money.before, money.after).replace(' ', '&nbsp;')}`,
    },
    { value: savedPerMonth(rows), what: 'a month less for the six together' },
    { value: `${number(launches.before, 0)} → ${number(launches.after, 0)}`, what: 'launches a day' },
    { value: String(messages), what: 'Slack messages in two weeks' },
  ]);
}

function overview({ rows, workloads }: LivedDemo): string {
  return overviewTable(
    accountHeadings('workload'),
    rows.map(({ workload, before, after }, index) => {
      const arrow = (show: (period: Period) => string) => `${show(before)} → ${show(after)}`;
      return [
        `<a href="#${escaped(workload)}">${escaped(workload)}</a>`,
        String(workloads[index]!.tier),
        arrow(({ dollarsPerMonth }) => number(dollarsPerMonth, 0)),
        change(before.dollarsPerMonth, after.dollarsPerMonth),
        arrow(({ hotMinutes }) => number(hotMinutes / DEMO_DAYS, 0)),
        arrow(({ launchesPerDay }) => number(launchesPerDay, 0)),
        arrow(({ riskAdjustedCost }) => riskAdjustedCost.toFixed(2)),
      ];
    }),
  );
}

function article(
  { region, workloads, rows, entries }: LivedDemo,
  index: number,
  messages: readonly Message[],
): string {
  const { name, tier, about, instanceType, startup } = workloads[index]!;
  const picture = demoPicture(region, region.refs()[index]!);
  const day = busiestDay(picture);
  const chart = (span: { readonly from: number; readonly to: number }, height: number, title: string) =>
    svgChart(picture, { ...span, width: CHART_WIDTH, height, title: `${name}: ${title}` });
  const date = utc((picture.start + day.from) as Minute).slice(0, 10);
  const told = messages.filter(({ workload }) => workload === name);
  return [
    `<article id="${escaped(name)}"><header><h2>${escaped(name)}</h2>${savedBadge(rows[index]!)}</header>`,
    `<p class="soft">${escaped(`tier ${tier} · ${instanceType} · ${startup} minutes to start · ${about}`)}</p>`,
    `<p>${escaped(findingSentence(name, entries))}.</p>`,
    `<h3>Both weeks</h3>${chart({ from: 0, to: picture.need.length }, 230, 'need and capacity in two weeks')}${CHART_KEY}`,
    `<h3>The busiest day, ${date}</h3>${chart(day, 210, 'the busiest day')}`,
    told.length === 0
      ? ''
      : `<details><summary>${counted(told.length, 'message')} in Slack</summary>${told.map(messageLine).join('')}</details>`,
    '</article>',
  ].join('\n');
}

function messageLine({ at, text }: Message): string {
  return `<p><span class="soft">${utc(at)}</span> ${escaped(text)}</p>`;
}

function savedBadge({ before, after }: BeforeAfterRow): string {
  const saved = before.dollarsPerMonth - after.dollarsPerMonth;
  if (Math.abs(saved) < 0.5) return '<span class="soft">nothing to save</span>';
  const more = saved < 0;
  return `<span class="saved${more ? ' more' : ''}">${dollars(Math.abs(saved))} a month ${more ? 'more' : 'less'}</span>`;
}

const METHOD = `<h1>How to read this</h1>
<p>Grey is each group's own target tracking at 50 % on the same demand, played minute by minute through the same simulation. Need is demand over
70 % CPU; a minute is hot when need is above what is in service: reserve is in use then, nothing is lost below 100 %. The tier says how many idle
instance-minutes a missing one is worth (100, 30, 10, 3); cost with risk counts both, and is 1 for perfect foresight. Dollars are on-demand list
prices of us-east-1 for 30 days. ${STRATEGY_LEGEND}</p>`;
