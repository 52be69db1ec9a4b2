import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ESBUILD } from '../../stacks/bundle.ts';
import { ROLLOUT_WORK, WORK } from '../../stacks/work.ts';
import { buildHandler } from '../synth/harness/build-handler.ts';

/**
 * `node test/bench/import-time.ts`: how long a new process takes until a handler is loaded, as a ratio to an empty handler; the minimum of
 * ten. It is what a cold start costs beyond Lambda's own.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const RUNS = 10;
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-import-'));
const environment = {
  PATH: process.env.PATH,
  AWS_REGION: 'eu-west-1',
  EVENKEEL_STAGE: 'bench',
  EVENKEEL_ACCOUNT: '111111111111',
  EVENKEEL_SETTINGS: join(ROOT, 'evenkeel.json'),
  EVENKEEL_TABLE: 'table',
  EVENKEEL_BUS: 'bus',
  EVENKEEL_SHARD_QUEUE: 'http://localhost/shards',
  EVENKEEL_REVIEW_QUEUE: 'http://localhost/reviews',
  EVENKEEL_LEASE_ROLE: 'arn:aws:iam::111111111111:role/lease',
};

try {
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, 'export const handler = async () => {};\n');
  const base = quickest(empty);
  console.log(`${'handler'.padEnd(24)}${'KB'.padStart(6)}${'ms'.padStart(7)}${'ratio'.padStart(8)}`);
  console.log(`${'(empty)'.padEnd(24)}${'0'.padStart(6)}${base.toFixed(0).padStart(7)}${'1.0'.padStart(8)}`);
  for (const work of [...Object.keys(WORK), ...Object.keys(ROLLOUT_WORK)]) {
    const { answer, built } = await buildHandler(ROOT, {
      functionID: `import-${work}`,
      handler: `functions/${work}.handler`,
      properties: { minify: true, esbuild: ESBUILD },
    });
    const milliseconds = quickest(join(answer.out, 'bundle.mjs'));
    const kilobytes = Math.round((built?.bytes ?? 0) / 1000);
    const ratio = (milliseconds / base).toFixed(1);
    console.log(
      `${work.padEnd(24)}${String(kilobytes).padStart(6)}${milliseconds.toFixed(0).padStart(7)}${ratio.padStart(8)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function quickest(file: string): number {
  return Math.min(...Array.from({ length: RUNS }, () => timeOf(file)));
}

/** Milliseconds that the import alone takes in a new process, by that process's own clock. */
function timeOf(file: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t)`;
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${file} does not load after ${performance.now() - started} ms: ${stderr.slice(-400)}`);
  return Number(stdout);
}
