import { visibleLength } from './table.ts';

/** Prose is not set wider than this, however wide the terminal is. */
export const MOST_COLUMNS = 110;

/**
 * Text broken at spaces into lines of at most `width`; its own leading spaces stay, lines after the first begin with `indent`.
 * Colours take no room.
 */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const body = text.trimStart();
  const lines: string[] = [];
  let line = text.slice(0, text.length - body.length);
  let empty = true;
  for (const word of body.split(' ')) {
    if (!empty && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
