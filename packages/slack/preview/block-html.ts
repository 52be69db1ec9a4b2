import type { Block, ButtonElement } from '../messages/block.ts';
import { attribute, mrkdwnHtml } from './mrkdwn-html.ts';

/** A block as HTML. `picture` stands in for files that only Slack has. */
export function blockHtml(block: Block, picture?: string): string {
  switch (block.type) {
    case 'section': {
      const text = block.text ? `<div class="text">${mrkdwnHtml(block.text.text)}</div>` : '';
      const fields = (block.fields ?? [])
        .map((field) => `<div class="field">${mrkdwnHtml(field.text)}</div>`)
        .join('');
      return `<div class="section">${text}${fields === '' ? '' : `<div class="fields">${fields}</div>`}</div>`;
    }
    case 'context':
      return `<div class="context">${block.elements.map((element) => mrkdwnHtml(element.text)).join(' ')}</div>`;
    case 'divider':
      return '<hr>';
    case 'image':
      return picture === undefined
        ? ''
        : `<img src="${attribute(picture)}" alt="${attribute(block.alt_text)}">`;
    case 'actions':
      return `<div class="actions">${block.elements.map(buttonHtml).join('')}</div>`;
  }
}

function buttonHtml({ text, style, confirm }: ButtonElement): string {
  const asks = confirm === undefined ? '' : ` title="${attribute(confirm.text.text)}"`;
  return `<span class="button ${style ?? ''}"${asks}>${mrkdwnHtml(text.text)}</span>`;
}
