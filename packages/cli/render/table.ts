import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/**
 * A table without frames: a title line, a rule, the rows; figures to the right. A row must have a cell for each column;
 * cells may be painted already. Ends with a newline.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    chars: LINES,
    colAligns: columns.map((column) => column.align ?? 'left'),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  drawn.push(
    columns.map((column) => column.title),
    ...rows.map((row) => [...row]),
  );
  const [head = '', ...body] = drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const width = Math.max(head.length, ...body.map(visibleLength));
  return `${[head, '─'.repeat(width), ...body].join('\n')}\n`;
}

/** Characters a text takes on screen, colour codes left out. */
export function visibleLength(text: string): number {
  return text.replace(ANSI, '').length;
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
