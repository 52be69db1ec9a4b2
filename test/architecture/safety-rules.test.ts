import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

/** Rules of docs/safety.md that no test proved when this list was last looked at. Take out what is proved by now; add nothing. */
const WITHOUT_TEST: readonly string[] = [];

const rules = [...readFileSync(join(ROOT, 'docs/safety.md'), 'utf8').matchAll(/^(?:- |.*\b)(S\d+)(?=[: ])/gm)]
  .map((match) => match[1]!)
  .filter((rule, i, all) => all.indexOf(rule) === i);

/** The titles of all tests and groups of tests: string literals handed to describe, it and test, and the rows of contracts. */
function titles(): string[] {
  const tests = ['packages', 'functions', 'test'].flatMap((folder) => filesUnder(join(ROOT, folder)));
  return tests.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:describe|it|test)\b[^\n]*?\(\s*(['"`])([\s\S]*?)\1/g)].map(
      (match) => match[2]!,
    ),
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(test|synth)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));
}

describe('the rules of docs/safety.md', () => {
  const proved = new Set(titles().flatMap((title) => title.match(/\bS\d+\b(?=[,:])/g) ?? []));

  it('are thirty', () => {
    expect(rules.map((rule) => Number(rule.slice(1))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
  });

  it('each have a test whose title begins with their number, those listed aside', () => {
    const missing = rules.filter((rule) => !proved.has(rule));
    expect(missing.filter((rule) => !WITHOUT_TEST.includes(rule))).toEqual([]);
  });
});
