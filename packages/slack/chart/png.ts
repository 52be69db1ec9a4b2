import { crc32, deflateSync } from 'node:zlib';

/** A picture of indexed colours: one byte a pixel, row after row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each index, 0 … 255; at most 256 of them. */
  readonly palette: readonly (readonly [number, number, number])[];
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BIT_DEPTH = 8;
const INDEXED = 3;

/**
 * The picture as a PNG file (W3C PNG specification: IHDR, PLTE, IDAT, IEND; no filter, which suits flat colours).
 * Throws a RangeError where the pixels do not fill the picture or the palette is too long.
 */
export function encodePng({ width, height, palette, pixels }: Picture): Uint8Array {
  if (pixels.length !== width * height)
    throw new RangeError(`${pixels.length} pixels for ${width} x ${height}`);
  if (palette.length === 0 || palette.length > 256)
    throw new RangeError(`${palette.length} colours, 1 to 256 are possible`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BIT_DEPTH, INDEXED, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, type, data, and the checksum of type and data. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
