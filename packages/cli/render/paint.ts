import { styleText } from 'node:util';

const STYLES = {
  good: 'green',
  bad: 'red',
  careful: 'yellow',
  quiet: 'dim',
  strong: 'bold',
  need: 'cyan',
  capacity: 'yellow',
} as const;

/** What a piece of text means; the colour follows from it. */
export type Style = keyof typeof STYLES;
export type Paint = (style: Style, text: string) => string;

/** Colours text by its meaning, or leaves it as it is where colours are not wanted. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => styleText(STYLES[style], text, { validateStream: false });
}
