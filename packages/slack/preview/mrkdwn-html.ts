/** mrkdwn as HTML, as Slack shows it: the part of it that messages here use. */
export function mrkdwnHtml(mrkdwn: string): string {
  return mrkdwn
    .split('```')
    .map((part, index) =>
      index % 2 === 1 ? `<pre>${safe(part.replace(/^\n|\n$/g, ''))}</pre>` : inline(part),
    )
    .join('');
}

const EMOJI: Readonly<Record<string, string>> = {
  raising_hand: '🙋',
  warning: '⚠️',
  octagonal_sign: '🛑',
  white_check_mark: '✅',
  leftwards_arrow_with_hook: '↩️',
  arrows_counterclockwise: '🔄',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
  hand: '✋',
  calendar: '📆',
  bar_chart: '📊',
  no_entry_sign: '🚫',
  zzz: '💤',
  double_vertical_bar: '⏸️',
  arrow_forward: '▶️',
  hourglass: '⌛',
};

/** Marks in the order in which Slack looks for them; what stands in code is left as it is. */
function inline(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`[^`\n]+`$/.test(part) ? `<code>${safe(part.slice(1, -1))}</code>` : marked(part)))
    .join('');
}

function marked(text: string): string {
  return text
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') && part.endsWith('>') ? reference(part.slice(1, -1)) : styled(part)))
    .join('')
    .replaceAll('\n', '<br>');
}

/** Dates, mentions and groups: what Slack fills in. */
function reference(inner: string): string {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('!date^'))
    return `<time title="${attribute(label ?? '')}">${safe(label ?? target)}</time>`;
  if (target.startsWith('@')) return `<span class="mention">@${safe(target.slice(1))}</span>`;
  if (target.startsWith('!subteam^'))
    return `<span class="mention">@${safe(target.slice('!subteam^'.length))}</span>`;
  return `<a>${safe(label ?? target)}</a>`;
}

function styled(text: string): string {
  return safe(text)
    .replaceAll(/(^|[\s(])\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replaceAll(/:([a-z_]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}

/** Slack has escaped `&`, `<` and `>` already; nothing else may reach the page as markup. */
function safe(text: string): string {
  return text
    .replaceAll(/&(?!(amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Text in an attribute's quotes. */
export function attribute(text: string): string {
  return safe(text).replaceAll('"', '&quot;');
}
