import { escaped } from '../svg/index.ts';
import { daySvg } from './day-svg.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { DashboardView, GroupView, LedgerLine } from './view.ts';

/** The dashboard as one page that needs nothing else: no script, nothing from elsewhere. */
export function dashboardPage({ place, at, groups, again }: DashboardView): string {
  const refresh = again === undefined ? '' : `<meta http-equiv="refresh" content="${again}">`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}`,
    `<title>Evenkeel: ${escaped(place)}</title><style>${PAGE_STYLE}${OWN_STYLE}</style></head><body><main>`,
    '<h1>Evenkeel</h1>',
    `<p class="soft">${escaped(place)}, ${escaped(at)}. ${groups.length === 0 ? 'No group carries the tag evenkeel:workload.' : ''}</p>`,
    ...(groups.length > 1 ? [overview(groups)] : []),
    ...groups.map(article),
    '</main></body></html>\n',
  ].join('\n');
}

const OWN_STYLE = `
.foreseen { opacity: .45; }
.now { stroke: var(--soft); stroke-dasharray: 3 3; }
.held { color: var(--warn); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 4px 18px; margin: 12px 0; }
dt { font-size: 12px; color: var(--soft); }
dd { margin: 0 0 6px; font-weight: 600; font-variant-numeric: tabular-nums; }
ul { margin: 4px 0; padding-left: 20px; }
li { margin: 3px 0; }
ol.ledger { list-style: none; padding: 0; margin: 4px 0; }
ol.ledger li { display: grid; grid-template-columns: max-content 1fr; gap: 10px; padding: 3px 0; border-top: 1px solid var(--line); }
ol.ledger time { color: var(--soft); font-variant-numeric: tabular-nums; }
.failed { color: var(--hot); }
.told { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); font-size: 13px; font-weight: 600; margin-top: 12px; }
@media (max-width: 640px) { ol.ledger li { grid-template-columns: 1fr; gap: 0; } }
`;

function overview(groups: readonly GroupView[]): string {
  const rows = groups.map(
    ({ group, workload, mode, state, isHeld, facts }, index) =>
      `<tr><td><a href="#group-${index}">${escaped(group)}</a></td><td>${escaped(workload)}</td><td>${escaped(mode)}</td>${facts
        .slice(0, 3)
        .map(({ value }) => `<td>${escaped(value)}</td>`)
        .join('')}<td${isHeld ? ' class="held"' : ''}>${escaped(state)}</td></tr>`,
  );
  const facts = (groups[0]?.facts ?? []).slice(0, 3).map(({ name }) => `<th>${escaped(name)}</th>`);
  return `<div class="wide"><table><thead><tr><th>group</th><th>workload</th><th>mode</th>${facts.join('')}<th>state</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function article(view: GroupView, index: number): string {
  const { group, workload, mode, state, isHeld, facts, headline, because, notDone, ledger, picture } = view;
  const title = `${group}: need, instances in service and floors of the last day and the next`;
  return [
    `<article id="group-${index}"><header><h2>${escaped(group)}</h2><span class="${isHeld ? 'held' : 'soft'}">${escaped(state)}</span></header>`,
    `<p class="soft">workload ${escaped(workload)} · mode ${escaped(mode)}</p>`,
    `<p>${escaped(headline)}</p>`,
    `<dl>${facts.map(({ name, value }) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`,
    picture === undefined ? '' : `${daySvg(picture, title)}${KEY}`,
    list('Because', because),
    list('Not done', notDone),
    ledger.length === 0
      ? ''
      : `<details open><summary>The last changes</summary><ol class="ledger">${ledger.map(line).join('')}</ol></details>`,
    '</article>',
  ].join('\n');
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<h3>${title}</h3><ul>${lines.map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>`;
}

function line({ at, text, kind }: LedgerLine): string {
  return `<li><time>${escaped(at)}</time><span class="${kind}">${escaped(text)}</span></li>`;
}

const KEY = `<div class="key"><span><i style="background:var(--need)"></i>need, and what is foreseen at most</span>
<span><i style="border-top:2px solid var(--owner);height:0"></i>in service</span>
<span><i style="border-top:2px solid var(--evenkeel);height:0"></i>floor</span><span>instances, UTC</span></div>`;
