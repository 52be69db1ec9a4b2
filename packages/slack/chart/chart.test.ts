import { inflateSync } from 'node:zlib';
import { type Minute, minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawChart } from './draw-chart.ts';
import { canWrite } from './font.ts';
import { encodePng } from './png.ts';

/** A reader of its own, after the PNG specification: chunks with their checksums, then the rows. */
function decode(file: Uint8Array) {
  const buffer = Buffer.from(file);
  expect(buffer.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString('latin1', at + 4, at + 8);
    const data = buffer.subarray(at + 8, at + 8 + length);
    expect(buffer.readUInt32BE(at + 8 + length)).toBe(crc(buffer.subarray(at + 4, at + 8 + length)));
    chunks.set(type, data);
    at += length + 12;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  const [width, height] = [chunks.get('IHDR')!.readUInt32BE(0), chunks.get('IHDR')!.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT')!);
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * (width + 1)]).toBe(0);
    return [...rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
  });
  return { width, height, palette: [...chunks.get('PLTE')!], pixels };
}

/** CRC-32 as in the specification's annex, bit by bit. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

describe('PNG', () => {
  it('is read back as it was written', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(255),
        (width, height, seed) => {
          const pixels = Uint8Array.from({ length: width * height }, (_, index) => (index * 7 + seed) % 3);
          const palette = [
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, seed],
          ] as const;
          const read = decode(encodePng({ width, height, palette, pixels }));
          expect(read).toMatchObject({ width, height, palette: palette.flat() });
          expect(read.pixels.flat()).toEqual([...pixels]);
        },
      ),
      { seed: 20_260_523 },
    ));

  it('refuses pixels that do not fill the picture', () =>
    expect(() => encodePng({ width: 2, height: 2, palette: [[0, 0, 0]], pixels: new Uint8Array(3) })).toThrow(
      '3 pixels for 2 x 2',
    ));
});

describe('the chart', () => {
  const start = minute(29_663_040);
  const steps = 97;
  const data = {
    start,
    stepMinutes: 15,
    need: Float64Array.from({ length: steps }, (_, step) => (step < 49 ? 20 : Number.NaN)),
    floors: Float64Array.from({ length: steps }, () => 10),
    capacity: Float64Array.from({ length: steps }, (_, step) => (step < 49 ? 40 : Number.NaN)),
    now: (start + 48 * 15) as Minute,
  };
  const [NEED, FLOORS, CAPACITY] = [4, 5, 3];

  it('draws need, floors and capacity at their heights, and nothing of what is not known', () => {
    const { width, height, pixels } = decode(drawChart(data)!);
    expect([width, height]).toEqual([960, 320]);
    // 40 instances are the top line at y = 40, 0 the bottom one at y = 280.
    expect(pixels[160]![200]).toBe(NEED);
    expect(pixels[220]![200]).toBe(FLOORS);
    expect(pixels[60]![200]).toBe(CAPACITY);
    expect(pixels[220]![800]).toBe(FLOORS);
    const right = pixels.slice(40, 270).flatMap((row) => row.slice(600, 940));
    expect(right).not.toContain(NEED);
    expect(right).not.toContain(CAPACITY);
  });

  it('is small: some kilobytes', () => expect(drawChart(data)!.length).toBeLessThan(8_000));

  it('is not drawn where nothing is known', () => {
    const nothing = Float64Array.from({ length: steps }, () => Number.NaN);
    expect(drawChart({ ...data, need: nothing, floors: nothing, capacity: nothing })).toBeUndefined();
    expect(drawChart({ ...data, need: [], floors: [], capacity: [] })).toBeUndefined();
  });

  it('has a letter for every label', () =>
    expect(canWrite('0123456789: need floor in service now UTC')).toBe(true));
});
