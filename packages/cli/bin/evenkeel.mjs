#!/usr/bin/env node
// The one file of the project that an old Node can read: it starts the CLI on Node 24, which reads TypeScript directly.
// The repository brings that Node with it (optionalDependencies), so a system Node that is older is no hindrance after `npm ci`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const entry = fileURLToPath(new URL('./evenkeel.ts', import.meta.url));
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  await import('./evenkeel.ts');
} else if (existsSync(own)) {
  const run = spawnSync(own, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} else {
  console.error(
    `evenkeel: needs Node ${NEEDED} or newer, this is ${process.versions.node}; run npm ci in the repository, which brings it, or install Node ${NEEDED}.`,
  );
  process.exitCode = 2;
}
