#!/usr/bin/env node
// The one file of the project that an old Node can read: it starts the CLI on Node 24, which reads TypeScript directly.
// The repository brings that Node with it (optionalDependencies), so a system Node that is older is no hindrance after `npm ci`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const entry = fileURLToPath(new URL('./evenkeel.ts', import.meta.url));
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  await import('./evenkeel.ts');
} else if (existsSync(own)) {
  const child = spawn(own, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Whoever ends this process means the one that works: it would go on alone otherwise, and steer.
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  child.on('exit', (code, signal) => {
    for (const each of signals) process.off(each, pass);
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
} else {
  console.error(
    `evenkeel: needs Node ${NEEDED} or newer, this is ${process.versions.node}; run npm ci in the repository, which brings it, or install Node ${NEEDED}.`,
  );
  process.exitCode = 2;
}
