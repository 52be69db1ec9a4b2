import { describe, expect, it } from 'vitest';
import { importsOf, ROOT, type SourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const production = files.filter((file) => !file.isTest);

/** Which parts of the project each part may import, by the beginning of the specifier. Its own relative files always. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engine: ['@evenkeel/core/'],
  aws: ['@evenkeel/core/', '@evenkeel/engine/ports', '@evenkeel/engine/events'],
  'store-sqlite': ['@evenkeel/core/', '@evenkeel/engine/ports'],
  // engine/rollout for the approvals it keeps on any documents port.
  twin: ['@evenkeel/core/', '@evenkeel/engine/ports', '@evenkeel/engine/memory', '@evenkeel/engine/rollout'],
  catalog: ['@evenkeel/core/', '@evenkeel/engine/ports'],
  // engine/answers for what people may ask for, the same from Slack and from the command line; engine/ledger to read a port page by page.
  slack: ['@evenkeel/core/', '@evenkeel/engine/ports', '@evenkeel/engine/answer', '@evenkeel/engine/ledger'],
  cli: ['@evenkeel/'],
  dashboard: ['@evenkeel/core/', '@evenkeel/engine'],
  functions: ['@evenkeel/'],
  stacks: [],
};
/** Only these files of a part build adapters of AWS. */
const COMPOSITION: Readonly<Record<string, RegExp>> = {
  cli: /^packages\/cli\/(compose|composition|run\/compose)[^/]*(\.ts$|\/)/,
};

/** Everything in `core` that would make it more than a function of its input. */
const IMPURE: readonly (readonly [string, RegExp])[] = [
  ['reads the clock', /\bDate\.now\s*\(|\bnew Date\s*\(\s*\)|\bDate\s*\(\s*\)|\bperformance\s*\.\s*now\b/],
  ['is random', /\bMath\.random\b|\bcrypto\b\s*\./],
  ['reads the environment', /\bprocess\s*\.|\bglobalThis\s*\.|\bimport\.meta\.env\b/],
  ['does I/O or waits', /\bfetch\s*\(|\bsetTimeout\b|\bsetInterval\b|\bconsole\s*\./],
];

function violations(check: (file: SourceFile) => readonly string[], among = production): string[] {
  return among.flatMap((file) => check(file).map((what) => `${file.path}: ${what}`));
}

describe('who may import whom', () => {
  it('knows every part of the project', () => {
    expect([...new Set(files.map((file) => file.part))].filter((part) => !(part in ALLOWED))).toEqual([]);
  });

  it('no part imports another that it may not know', () => {
    const wrong = violations(({ part, imports }) =>
      imports
        .map((each) => each.specifier)
        .filter((specifier) => specifier.startsWith('@evenkeel/'))
        .filter((specifier) => !ALLOWED[part]!.some((allowed) => specifier.startsWith(allowed))),
    );
    expect(wrong).toEqual([]);
  });

  it('the command line knows AWS only where it is put together', () => {
    const wrong = violations(({ part, path, imports }) => {
      const place = COMPOSITION[part];
      if (place === undefined || place.test(path)) return [];
      return imports.map((each) => each.specifier).filter((each) => each.startsWith('@evenkeel/aws'));
    });
    expect(wrong).toEqual([]);
  });

  it('no relative import leaves its part: packages are imported by their exports', () => {
    const wrong = violations(
      ({ part, imports, path }) => {
        const home = path.startsWith('packages/') ? `packages/${part}/` : `${part}/`;
        return imports
          .filter((each) => each.file !== undefined && !each.file.startsWith(home))
          .map((each) => each.specifier);
      },
      production.filter((file) => file.part !== 'stacks'),
    );
    expect(wrong).toEqual([]);
  });

  it('core imports nothing but itself, engine nothing but core', () => {
    const wrong = violations(
      ({ imports }) =>
        imports
          .map((each) => each.specifier)
          .filter((each) => !each.startsWith('.') && !each.startsWith('@evenkeel/core/')),
      production.filter((file) => file.part === 'core' || file.part === 'engine'),
    );
    expect(wrong).toEqual([]);
  });

  it('the SDK of AWS is used in aws and functions only', () => {
    const wrong = violations(
      ({ imports }) => imports.map((each) => each.specifier).filter((each) => each.startsWith('@aws-sdk/')),
      production.filter((file) => file.part !== 'aws' && file.part !== 'functions'),
    );
    expect(wrong).toEqual([]);
  });
});

describe('core is a function of its input', () => {
  it.each(IMPURE)('nothing in it %s', (what, pattern) => {
    const core = production.filter((file) => file.part === 'core' || file.part === 'engine');
    const wrong = violations((file) => {
      const code = withoutComments(file.text);
      const match = pattern.exec(code);
      return match ? [`${what}: ${match[0]}`] : [];
    }, core);
    expect(wrong).toEqual([]);
  });
});

describe('files fit in the head', () => {
  it('none has more than 300 lines', () => {
    expect(violations(({ text }) => (text.split('\n').length > 301 ? ['more than 300 lines'] : []))).toEqual(
      [],
    );
  });

  it('each is named in kebab-case', () => {
    const wrong = files
      .map((file) => file.path)
      .filter((path) => !/^[a-z0-9/.-]+\.ts$/.test(path) && !/sst-env/.test(path));
    expect(wrong).toEqual([]);
  });
});

describe('the walk itself', () => {
  it('finds static, type, bare, re-exported and dynamic imports', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '@evenkeel/core/plan';",
      "import 'node:fs';",
      "export * from '../c.ts';",
      "import {\n  d,\n} from 'd';",
      "const e = await import('./e.ts');",
    ].join('\n');
    const found = importsOf(text, `${ROOT}/packages/core/plan/x.ts`);
    expect(found.map((each) => each.specifier).sort()).toEqual(
      ['../c.ts', './a.ts', './e.ts', '@evenkeel/core/plan', 'd', 'node:fs'].sort(),
    );
    expect(found.find((each) => each.specifier === './a.ts')?.file).toBe('packages/core/plan/a.ts');
    expect(found.find((each) => each.specifier === '@evenkeel/core/plan')?.typeOnly).toBe(true);
  });

  it('sees the whole project', () => {
    expect(files.length).toBeGreaterThan(200);
    expect(files.some((file) => file.path === 'packages/core/plan/plan-steps.ts')).toBe(true);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');
}
