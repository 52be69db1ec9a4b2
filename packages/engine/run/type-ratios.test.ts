import { describe, expect, it } from 'vitest';
import { createMemoryDocuments } from '../memory/index.ts';
import { learnTypeRatio, ratioBetween, readTypeRatios } from './type-ratios.ts';

const RATIOS = [
  { type: 'm7g', against: 'm6i', ratio: 1.2 },
  { type: 'c9g', against: 'm7g', ratio: 1.5 },
];

describe('what one type carries in instances of another', () => {
  it.each([
    ['m7g', 'm6i', 1.2],
    ['m6i', 'm7g', 1 / 1.2],
    ['c9g', 'm6i', 1.8],
    ['m6i', 'c9g', 1 / 1.8],
    ['m6i', 'm6i', 1],
    ['m6i', 'x1', undefined],
  ])('%s against %s: %s', (type, against, ratio) => {
    const found = ratioBetween(RATIOS, type, against);
    if (ratio === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(ratio, 9);
  });

  it('is kept by series, the newest measurement of two types in place of the one before', async () => {
    const documents = createMemoryDocuments();
    await learnTypeRatio(documents, 'shop', RATIOS[0]!);
    await learnTypeRatio(documents, 'shop', { type: 'm6i', against: 'm7g', ratio: 0.8 });
    expect(await readTypeRatios(documents, 'shop')).toEqual([{ type: 'm6i', against: 'm7g', ratio: 0.8 }]);
    expect(await readTypeRatios(documents, 'other')).toEqual([]);
  });
});
