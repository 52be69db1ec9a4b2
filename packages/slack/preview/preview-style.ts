/** The look of the page: Slack's measures and colours, light and dark. */
export const PREVIEW_STYLE = `
:root { --text: #1d1c1d; --soft: #616061; --line: #dddddd; --back: #ffffff; --hover: #f8f8f8; --code: #c01343; --codeback: #f7f7f8; --link: #1264a3; --green: #007a5a; --red: #e01e5a; --mention: #e8f5fa; }
@media (prefers-color-scheme: dark) {
  :root { --text: #d1d2d3; --soft: #ababad; --line: #3f4145; --back: #1a1d21; --hover: #222529; --code: #e8912d; --codeback: #232529; --link: #1d9bd1; --green: #1a9b77; --red: #e8476f; --mention: #1b3544; }
  img { background: #ffffff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.46 Lato, "Helvetica Neue", Arial, sans-serif; }
header, main { max-width: 780px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; }
header p { color: var(--soft); margin: 0 0 12px; }
.thread { border-top: 1px solid var(--line); padding: 12px 0 20px; }
h2 { font-size: 15px; margin: 8px 0; }
h2 small { color: var(--soft); font-weight: normal; }
.message { display: flex; gap: 8px; padding: 8px; border-radius: 6px; }
.message:hover { background: var(--hover); }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #0072b2; color: #ffffff; display: grid; place-items: center; font: bold 20px/1 Georgia, serif; }
.content { min-width: 0; flex: 1; overflow-wrap: anywhere; }
.who time, .context { color: var(--soft); font-size: 12px; }
.app { background: var(--line); color: var(--soft); font-size: 10px; border-radius: 2px; padding: 1px 3px; }
.section { margin: 4px 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 4px 16px; }
.text b, .field b { font-weight: 900; }
.context { margin: 6px 0 2px; }
code { font: 12px/1.5 Monaco, Menlo, Consolas, monospace; color: var(--code); background: var(--codeback); border: 1px solid var(--line); border-radius: 3px; padding: 1px 3px; }
.context code { font-size: 11px; }
pre { font: 12px/1.5 Monaco, Menlo, Consolas, monospace; background: var(--codeback); border: 1px solid var(--line); border-radius: 4px; padding: 8px; margin: 4px 0; overflow-x: auto; }
.section time { border-bottom: 1px dotted var(--soft); }
.mention { background: var(--mention); color: var(--link); border-radius: 3px; padding: 0 2px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.button { border: 1px solid var(--line); border-radius: 4px; padding: 4px 12px; font-weight: 700; font-size: 13px; }
.button.primary { background: var(--green); border-color: var(--green); color: #ffffff; }
.button.danger { background: var(--red); border-color: var(--red); color: #ffffff; }
.message img { display: block; width: 100%; max-width: 480px; height: auto; border: 1px solid var(--line); border-radius: 8px; margin: 6px 0; }
.replies { margin: 4px 0 4px 52px; color: var(--link); font-size: 13px; font-weight: 700; }
.under { margin-left: 40px; border-left: 2px solid var(--line); padding-left: 4px; }
.under:empty { display: none; }
@media (max-width: 480px) { .under { margin-left: 0; } .replies { margin-left: 8px; } header, main { padding: 0 8px; } }
`;
