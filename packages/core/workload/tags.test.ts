import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MODE, DEFAULT_SLO_UTILISATION, DEFAULT_TIER } from './policy.ts';
import { TAGS } from './tags.ts';

/** The rows of the table in docs/tags.md: key, example, default. */
const rows = readFileSync(new URL('../../../docs/tags.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => /^\| `evenkeel:([^`]+)` \|.*\| `([^`]+)` \| (.+) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, key, example, fallback]) => ({ key, example, fallback }));

describe('docs/tags.md', () => {
  it('has a row for every tag the parser reads, in its order, and for no other', () => {
    expect(rows.map((row) => row.key)).toEqual(TAGS.map((tag) => tag.key));
  });

  it.each(rows)('the example of $key, $example, is the one of the parser and is read', ({ key, example }) => {
    const tag = TAGS.find((each) => each.key === key)!;
    expect(example).toBe(tag.example);
    expect(tag.read(tag.example)).toBeDefined();
  });

  it('states the defaults the parser has', () => {
    const fallbackOf = (key: string) => rows.find((row) => row.key === key)?.fallback;
    expect(fallbackOf('tier')).toBe(`\`${DEFAULT_TIER}\``);
    expect(fallbackOf('mode')).toBe(`\`${DEFAULT_MODE}\``);
    expect(fallbackOf('slo')).toBe(`\`${DEFAULT_SLO_UTILISATION.toFixed(2)}\``);
  });
});
