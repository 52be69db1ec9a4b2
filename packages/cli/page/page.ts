import { PAGE_STYLE } from '@evenkeel/dashboard/page';
import { escaped } from '@evenkeel/dashboard/svg';

/** The width of charts, in units of their view box. */
export const CHART_WIDTH = 940;

/** A page that needs nothing else: no script, nothing from elsewhere. `body` is HTML as it stands. */
export function page(title: string, body: readonly string[]): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head><body><main>`,
    ...body,
    '</main></body></html>\n',
  ].join('\n');
}

/** Figures that stand out, each with what it is. */
export function cards(figures: readonly { readonly value: string; readonly what: string }[]): string {
  const card = ({ value, what }: (typeof figures)[number]) =>
    `<div class="card"><b>${value}</b>${what}</div>`;
  return `<div class="cards">${figures.map(card).join('')}</div>`;
}

/** The headings of a table that shows money and risk before and after, a line for each `what`. */
export function accountHeadings(what: string): readonly string[] {
  return [what, 'tier', '$ a month', 'change', 'hot min a day', 'launches a day', 'cost with risk'];
}

/** A wide table of one line a group. Cells are HTML as they stand. */
export function overviewTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = `<tr>${headings.map((each) => `<th>${each}</th>`).join('')}</tr>`;
  return `<div class="wide"><table><thead>${head}</thead><tbody>${rows.map(tableRow).join('')}</tbody></table></div>`;
}

/** One line of a table. */
export function tableRow(values: readonly string[]): string {
  return `<tr>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;
}

/** What the colours of a chart mean. */
export const CHART_KEY = `<div class="key"><span><i style="background:var(--need)"></i>need</span>
<span><i style="border-top:2px solid var(--owner);height:0"></i>in service, own configuration</span>
<span><i style="border-top:2px solid var(--evenkeel);height:0"></i>in service, with Evenkeel</span>
<span><i style="background:var(--hot)"></i>hot minutes (own above, Evenkeel below)</span></div>`;
