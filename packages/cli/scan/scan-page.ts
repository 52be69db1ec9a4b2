import { counted, dollars, number, utc } from '@evenkeel/core/explain';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import { escaped } from '@evenkeel/dashboard/svg';
import type { Backtest, GroupScan, ScanFigures } from '@evenkeel/engine/scan';
import { busiestDay } from '../page/busiest-day.ts';
import {
  accountHeadings,
  CHART_KEY,
  CHART_WIDTH,
  cards,
  overviewTable,
  page,
  tableRow,
} from '../page/page.ts';
import { svgChart } from '../page/svg-chart.ts';
import { change } from '../render/change.ts';
import { STRATEGY_LEGEND } from '../render/legend.ts';
import type { Scanned } from './run-scan.ts';
import { totals } from './scan-table.ts';
import { measuredWords, money, notes, savedPerMonth, scoredDays, trustIn, whatItDid } from './scan-words.ts';

/** A scan as one page that needs nothing else: figures, charts, and what stands behind them. */
export function scanPage(scanned: Scanned): string {
  const { place, at, scans, failures } = scanned;
  const replayed = scans.filter(({ backtest }) => backtest !== undefined);
  const others = scans.filter(({ backtest }) => backtest === undefined);
  return page(`Evenkeel scan of ${place}`, [
    '<h1>What Evenkeel would have done</h1>',
    `<p class="soft">${escaped(place)}, read ${utc(minuteOf(at as Instant))}. Nothing was written.</p>`,
    ...(replayed.length > 0 ? [figuresOf(replayed), overview(replayed)] : []),
    ...replayed.map((scan, index) => article(scan, index)),
    ...(others.length > 0 ? ['<h1>Not replayed</h1>', ...others.map(plainArticle)] : []),
    ...failures.map(
      ({ group, message }) => `<p class="note">${escaped(`${group} could not be read: ${message}`)}</p>`,
    ),
    METHOD,
  ]);
}

function figuresOf(replayed: readonly GroupScan[]): string {
  const { before, after } = totals(replayed);
  const sum = (side: 'owner' | 'evenkeel', of: (figures: ScanFigures) => number) =>
    replayed.reduce((all, { backtest }) => all + of(backtest![side]), 0);
  const hot = (side: 'owner' | 'evenkeel') =>
    number(
      sum(side, (figures) => figures.hotMinutesPerDay),
      0,
    );
  const hours = (side: 'owner' | 'evenkeel') => sum(side, (figures) => figures.instanceHoursPerDay);
  return cards([
    ...(before > 0
      ? [
          {
            value: `${dollars(before)} → ${dollars(after)}`,
            what: `a month at list prices: ${change(before, after).replace(' ', '&nbsp;')}`,
          },
        ]
      : []),
    { value: `${number(hours('owner'), 0)} → ${number(hours('evenkeel'), 0)}`, what: 'instance-hours a day' },
    { value: `${hot('owner')} → ${hot('evenkeel')}`, what: 'hot minutes a day, all groups together' },
    { value: String(replayed.length), what: replayed.length === 1 ? 'group replayed' : 'groups replayed' },
  ]);
}

function overview(replayed: readonly GroupScan[]): string {
  const rows = replayed.map(({ ref, tier, tierAssumed, backtest }, index) => {
    const { owner, evenkeel } = backtest!;
    const arrow = (show: (figures: ScanFigures) => string) => `${show(owner)} → ${show(evenkeel)}`;
    return [
      `<a href="#group-${index}">${escaped(ref.name)}</a>`,
      `${tier}${tierAssumed ? '?' : ''}`,
      owner.dollarsPerMonth === undefined
        ? 'not known'
        : arrow((figures) => number(figures.dollarsPerMonth ?? 0, 0)),
      change(money(owner), money(evenkeel)),
      arrow((figures) => number(figures.hotMinutesPerDay, 0)),
      arrow((figures) => number(figures.launchesPerDay, 0)),
      arrow((figures) => figures.riskAdjustedCost.toFixed(2)),
    ];
  });
  return overviewTable(accountHeadings('group'), rows);
}

function article(scan: GroupScan, index: number): string {
  const { ref, backtest } = scan;
  const { learnedDays, picture } = backtest!;
  const whole = { from: 0, to: picture.need.length };
  const day = busiestDay(picture);
  const chart = (span: { readonly from: number; readonly to: number }, height: number, title: string) =>
    svgChart(picture, { ...span, width: CHART_WIDTH, height, title: `${ref.name}: ${title}` });
  return [
    `<article id="group-${index}"><header><h2>${escaped(ref.name)}</h2>${savedBadge(scan)}</header>`,
    `<p class="soft">${escaped(factsOf(scan))}</p>`,
    `<p>${escaped(whatItDid(backtest!))} ${escaped(`Scored ${scoredDays(backtest!)}, after ${counted(learnedDays, 'day')} that were learned from only; ${trustIn(backtest!)}.`)}</p>`,
    figuresTable(backtest!),
    `<h3>All scored days</h3>${chart(whole, 230, 'need and capacity on the scored days')}${CHART_KEY}`,
    `<h3>The busiest of them, ${utc((picture.start + day.from) as Backtest['from']).slice(0, 10)}</h3>${chart(day, 210, 'the busiest day')}`,
    ...notes(scan).map((note) => `<p class="note">${escaped(note)}</p>`),
    '</article>',
  ].join('\n');
}

/** Less than this a month is nothing. */
const NOTHING_USD = 0.5;

function savedBadge(scan: GroupScan): string {
  const saved = savedPerMonth(scan);
  const { owner, evenkeel } = scan.backtest!;
  if (saved === undefined)
    return `<span class="saved">${change(money(owner), money(evenkeel))} instance-hours</span>`;
  if (Math.abs(saved) < NOTHING_USD) return '<span class="soft">nothing to save</span>';
  const more = saved < 0;
  return `<span class="saved${more ? ' more' : ''}">${dollars(Math.abs(saved))} a month ${more ? 'more' : 'less'}</span>`;
}

function factsOf({ workload, tier, tierAssumed, instanceType, size, startup, price }: GroupScan): string {
  return [
    workload === undefined ? 'not tagged' : `workload ${workload}`,
    tierAssumed ? `tier ${tier} assumed` : `tier ${tier}`,
    ...(instanceType === undefined ? [] : [instanceType]),
    `${size.min} to ${size.max} instances`,
    `${counted(startup, 'minute')} to start`,
    price === undefined ? 'price not known' : `$${number(price.usdPerHour, 4)} an hour (${price.asOf})`,
  ].join(' · ');
}

function figuresTable({ owner, evenkeel, ownTarget }: Backtest): string {
  const row = (what: string, show: (figures: ScanFigures) => number | undefined, digits = 0): string => {
    const [before, after] = [show(owner), show(evenkeel)];
    if (before === undefined || after === undefined) return '';
    return tableRow([what, number(before, digits), number(after, digits), change(before, after)]);
  };
  return [
    `<table><thead><tr><th></th><th>own target tracking at ${number(ownTarget, 0)} %</th><th>with Evenkeel</th><th>change</th></tr></thead><tbody>`,
    row('dollars a month', (figures) => figures.dollarsPerMonth),
    row('instance-hours a day', (figures) => figures.instanceHoursPerDay),
    row('hot minutes a day', (figures) => figures.hotMinutesPerDay, 1),
    row('missing instance-minutes a day', (figures) => figures.missingPerDay, 1),
    row('launches a day', (figures) => figures.launchesPerDay, 1),
    row('cost with risk (perfect foresight = 1)', (figures) => figures.riskAdjustedCost, 3),
    '</tbody></table>',
  ].join('');
}

function plainArticle(scan: GroupScan): string {
  return [
    `<article><header><h2>${escaped(scan.ref.name)}</h2></header><p class="soft">${escaped(factsOf(scan))}</p>`,
    `<p>${escaped(measuredWords(scan))}</p>`,
    ...notes(scan).map((note) => `<p class="note">${escaped(note)}</p>`),
    '</article>',
  ].join('\n');
}

const METHOD = `<h1>How this was found</h1>
<p>Demand is what CloudWatch shows of each group: CPU utilisation times instances in service. Where a group was saturated, what was asked of it
is not visible; the first demand seen afterwards stands for it. That demand was played twice through the same simulation of an Auto Scaling group
(start-up time, metric delay, target tracking's own rules, billing from launch to end): once with the group's own policy and sizes, once with
Evenkeel, which learned each night from the days before it and kept the rules it keeps on a live group, such as five points of target a day.
The first 14 days are not scored; of a history under 18 days, its first half. ${STRATEGY_LEGEND}</p>
<p>Need is demand over the SLO utilisation (0.70 unless a tag says otherwise). A minute is hot when need is above what is in service: reserve is in
use then, nothing is lost below 100 % utilisation. The tier says how many idle instance-minutes a missing one is worth (100, 30, 10, 3); cost with
risk counts both. Dollars are list prices for 30 days; discounts and commitments are not in them. A saving whose replay does not match what really
happened is called unverified. Changes of instance type are not part of this report.</p>`;
