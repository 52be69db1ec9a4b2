import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** One TypeScript file of the project. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** `core`, `engine`, …, `functions`, `stacks`: the part of the project it belongs to. */
  readonly part: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written: `@evenkeel/core/plan`, `./plan.ts`, `node:fs`. */
  readonly specifier: string;
  /** The file a relative import leads to, from the root; undefined for a package. */
  readonly file: string | undefined;
  readonly typeOnly: boolean;
}

// Static imports and exports, and dynamic imports of a literal.
const STATIC = /(?:^|\n)\s*(import|export)(\s+type)?\b[^'";]*?from\s*'([^']+)'/g;
const BARE = /(?:^|\n)\s*import\s*'([^']+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Every TypeScript file of the parts, without what is installed or generated. */
export function sourceFiles(): readonly SourceFile[] {
  const parts = readdirSync(join(ROOT, 'packages')).map((name) => [name, `packages/${name}`] as const);
  const others = ['functions', 'stacks'].map((name) => [name, name] as const);
  return [...parts, ...others].flatMap(([part, folder]) =>
    filesUnder(join(ROOT, folder)).map((file) => readSource(file, part)),
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function readSource(file: string, part: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const path = relative(ROOT, file).replaceAll('\\', '/');
  const isTest = /\.(test|synth)\.ts$/.test(path) || /\/(testing|contracts)\//.test(path);
  return { path, text, part, isTest, imports: importsOf(text, file) };
}

/** The imports of a file, dynamic ones too. */
export function importsOf(text: string, file: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const target = specifier.startsWith('.') ? resolve(dirname(file), specifier) : undefined;
    found.push({
      specifier,
      typeOnly,
      file: target === undefined ? undefined : relative(ROOT, target).replaceAll('\\', '/'),
    });
  };
  for (const match of text.matchAll(STATIC)) add(match[3]!, match[2] !== undefined);
  for (const match of text.matchAll(BARE)) add(match[1]!, false);
  for (const match of text.matchAll(DYNAMIC)) add(match[1]!, false);
  return found;
}
