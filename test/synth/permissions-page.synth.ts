import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionsPage } from './permissions-page.ts';
import { ROOT } from './runs.ts';

test('docs/permissions.md says what the stacks give (npm run docs:permissions writes it anew)', () => {
  expect(readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8')).toBe(permissionsPage());
});
