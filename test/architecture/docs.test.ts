import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const PARTS = ['packages', 'functions', 'stacks', 'test', 'docs'];

/** Every file of the repository, without what is installed. */
const FILES = [...PARTS.flatMap(filesIn), ...readdirSync(ROOT)];
const PAGES = ['README.md', ...filesIn('docs').filter((file) => file.endsWith('.md'))];

function filesIn(part: string): readonly string[] {
  return readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.includes('node_modules'))
    .map((file) => join(part, file));
}

/** Source files and pages a page names in code marks, by their whole path or the end of it. */
function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/`([\w./-]+\.(?:ts|mjs|md))`/g)].map(([, name = '']) => name);
}

it.each(PAGES)('%s names and links only what is there', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const lost = namedIn(text).filter((name) => !FILES.some((file) => `/${file}`.endsWith(`/${name}`)));
  const broken = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !existsSync(join(ROOT, dirname(page), link)));
  expect({ lost, broken }).toEqual({ lost: [], broken: [] });
});
