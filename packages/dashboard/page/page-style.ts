/** The look of the page: light and dark, and printable. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5c6877; --line: #dde3ea; --paper: #fff; --ground: #f4f6f9;
  --need: #b9d7ee; --owner: #8a94a1; --evenkeel: #0a7d55; --hot: #d1342f; --warn: #8a5a00; --good: #0a7d55; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --soft: #9aa7b6; --line: #2d3743; --paper: #161d26; --ground: #0e141b;
  --need: #24506f; --owner: #93a0af; --evenkeel: #3ecf97; --hot: #ff6a63; --warn: #e0b252; --good: #3ecf97; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 13px; margin: 18px 0 4px; color: var(--soft); font-weight: 600; }
p { margin: 8px 0; }
.soft, .time, .side { color: var(--soft); fill: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 12px; margin: 20px 0 28px; }
.card, article { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; }
.card b { display: block; white-space: nowrap; font-size: 20px; line-height: 1.25; font-variant-numeric: tabular-nums; }
article { margin: 16px 0; break-inside: avoid; }
header { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: baseline; justify-content: space-between; }
.saved { font-weight: 650; font-variant-numeric: tabular-nums; color: var(--good); white-space: nowrap; }
.saved.more { color: var(--warn); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin: 10px 0; }
th, td { text-align: right; padding: 4px 0 4px 14px; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; min-width: 8em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
.wide table { min-width: 720px; }
th { font-weight: 600; color: var(--soft); font-size: 13px; }
tr.sum td { font-weight: 650; border-bottom: 0; }
a { color: inherit; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, sans-serif; }
.side { text-anchor: end; }
.grid { stroke: var(--line); stroke-width: 1; }
.need { fill: var(--need); }
.owner { fill: none; stroke: var(--owner); stroke-width: 1.4; }
.evenkeel { fill: none; stroke: var(--evenkeel); stroke-width: 1.8; }
.strip { fill: var(--line); opacity: .55; }
.hot { fill: var(--hot); }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--soft); margin: 6px 0 0 52px; }
.key i { display: inline-block; width: 18px; height: 10px; margin-right: 6px; vertical-align: baseline; }
.note { color: var(--warn); }
.note::before { content: "! "; font-weight: 700; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; overflow-x: auto; }
@media print { body { background: #fff; } main { max-width: none; padding: 0; } }
`;
