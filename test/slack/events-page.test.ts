import { readFileSync } from 'node:fs';
import { type DecisionKind, EVENT_TYPES, EVENT_VERSION, EXCUSED } from '@evenkeel/core/explain';
import { SAMPLE_ENTRIES } from '@evenkeel/slack/samples';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
/** `detail-type`, kind, and the fields named outside brackets, of each row of the table of kinds. */
const rows = [...page.matchAll(/^\| `(Evenkeel [^`]+)` \| `([a-z-]+)` \| (.+) \|$/gm)].map((row) => ({
  type: row[1]!,
  kind: row[2] as DecisionKind,
  fields: [...row[3]!.replaceAll(/\([^)]*\)/g, '').matchAll(/`([A-Za-z]+)(\??)`/g)].map((field) => ({
    name: field[1]!,
    optional: field[2] === '?',
  })),
}));

describe('docs/events.md', () => {
  it('names every detail-type with its kind, and the version', () => {
    expect(Object.fromEntries(rows.map((row) => [row.kind, row.type]))).toEqual(EVENT_TYPES);
    expect(page).toContain(`| \`${EXCUSED}\` |`);
    expect(page).toContain(`schema's major version, ${EVENT_VERSION}.`);
  });

  it.each(rows)('names the fields that $kind really has, and no other', ({ kind, fields }) => {
    const samples = SAMPLE_ENTRIES.flatMap(({ decision }) => (decision?.kind === kind ? [decision] : []));
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) {
      const has = Object.keys(sample).filter((name) => name !== 'kind');
      expect(has.filter((name) => !fields.some((field) => field.name === name))).toEqual([]);
      expect(fields.filter(({ name, optional }) => !optional && !has.includes(name))).toEqual([]);
    }
  });
});
