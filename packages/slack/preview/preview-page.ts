import { utc } from '@evenkeel/core/explain';
import { nameOf } from '../messages/compose.ts';
import type { Message } from '../messages/message.ts';
import { blockHtml } from './block-html.ts';
import { attribute, mrkdwnHtml } from './mrkdwn-html.ts';
import { PREVIEW_STYLE } from './preview-style.ts';

export interface PreviewOptions {
  readonly title: string;
  /** One sentence on where the messages come from, in mrkdwn. */
  readonly intro: string;
  /** The picture under a message, as PNG; undefined where there is none. */
  readonly chartOf?: (message: Message) => Uint8Array | undefined;
}

/** Messages as one standalone page that looks like Slack: threads per workload and day, nothing loaded from anywhere. */
export function previewPage(messages: readonly Message[], options: PreviewOptions): string {
  const threads = Map.groupBy(messages, (message) => `${message.workload}|${message.day}`);
  const body = [...threads.values()].map((thread) => threadHtml(thread, options)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${attribute(options.title)}</title>
<style>${PREVIEW_STYLE}</style>
</head>
<body>
<header><h1>${attribute(options.title)}</h1><p>${mrkdwnHtml(options.intro)}</p></header>
<main>
${body}
</main>
</body>
</html>
`;
}

function threadHtml(thread: readonly Message[], options: PreviewOptions): string {
  const [root, ...replies] = thread;
  if (root === undefined) return '';
  const count =
    replies.length === 0
      ? ''
      : `<div class="replies">${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</div>`;
  const under = replies.map((message) => messageHtml(message, options)).join('\n');
  return `<section class="thread" aria-label="${attribute(`${nameOf(root.workload)}, ${root.day}`)}">
<h2>${attribute(nameOf(root.workload))} <small>${attribute(root.day)}</small></h2>
${messageHtml(root, options)}
${count}<div class="under">${under}</div>
</section>`;
}

function messageHtml(message: Message, { chartOf }: PreviewOptions): string {
  const blocks = message.blocks.map((block) => ({ block, html: blockHtml(block) }));
  const png = message.telling.chart === true ? chartOf?.(message) : undefined;
  const picture =
    png === undefined
      ? ''
      : `<img src="data:image/png;base64,${Buffer.from(png).toString('base64')}" alt="Demand, floors and capacity">`;
  const last = blocks.findIndex(({ block }) => block.type === 'actions' || block.type === 'context');
  const html = blocks
    .map(({ html: each }, index) => (index === last ? `${picture}${each}` : each))
    .join('\n');
  return `<article class="message ${message.importance}">
<div class="avatar" aria-hidden="true">e</div>
<div class="content"><div class="who"><b>Evenkeel</b> <span class="app">APP</span> <time>${attribute(utc(message.at))}</time></div>
${html}</div>
</article>`;
}
