import { GLYPH_HEIGHT, GLYPH_WIDTH, glyph } from './font.ts';
import { encodePng, type Picture } from './png.ts';

/** A canvas of indexed colours. What lies outside is cut off. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  point(x: number, y: number, colour: number): void;
  /** The rectangle from (x, y) down to the right. */
  box(
    at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    colour: number,
  ): void;
  /** A line of the given thickness between two points. */
  line(
    from: readonly [number, number],
    to: readonly [number, number],
    stroke: { readonly colour: number; readonly thick: number },
  ): void;
  /** Text with its upper left corner at (x, y), each pixel of a letter `scale` pixels wide. */
  text(
    words: string,
    at: readonly [number, number],
    ink: { readonly colour: number; readonly scale: number },
  ): void;
  png(): Uint8Array;
}

/** Width of a text in pixels. */
export function textWidth(words: string, scale: number): number {
  return words.length === 0 ? 0 : (words.length * (GLYPH_WIDTH + 1) - 1) * scale;
}

export function createCanvas(width: number, height: number, palette: Picture['palette']): Canvas {
  const pixels = new Uint8Array(width * height);
  const point: Canvas['point'] = (x, y, colour) => {
    if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = colour;
  };
  const box: Canvas['box'] = (at, colour) => {
    for (let y = at.y; y < at.y + at.height; y += 1) {
      for (let x = at.x; x < at.x + at.width; x += 1) point(x, y, colour);
    }
  };
  return {
    width,
    height,
    point,
    box,
    line([x0, y0], [x1, y1], { colour, thick }) {
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
      const half = Math.floor(thick / 2);
      for (let step = 0; step <= steps; step += 1) {
        const x = Math.round(x0 + ((x1 - x0) * step) / steps) - half;
        const y = Math.round(y0 + ((y1 - y0) * step) / steps) - half;
        box({ x, y, width: thick, height: thick }, colour);
      }
    },
    text(words, [x, y], { colour, scale }) {
      for (const [index, letter] of Array.from(words).entries()) {
        const left = x + index * (GLYPH_WIDTH + 1) * scale;
        const rows = glyph(letter);
        for (let row = 0; row < GLYPH_HEIGHT; row += 1) {
          for (let column = 0; column < GLYPH_WIDTH; column += 1) {
            if (rows[row]?.[column] !== '#') continue;
            box({ x: left + column * scale, y: y + row * scale, width: scale, height: scale }, colour);
          }
        }
      }
    },
    png: () => encodePng({ width, height, palette, pixels }),
  };
}
