/**
 * `npm run test:aws [files]`: installs the emulator if need be, starts it, runs the tests against it, stops it. Without Python the
 * tests are skipped on a developer's machine, and fail where CI is set.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EmulatorMissing, installEmulator, startEmulator } from './emulator.ts';

const ROOT = join(import.meta.dirname, '..', '..');

async function main(): Promise<number> {
  try {
    installEmulator();
    const emulator = await startEmulator();
    try {
      return await runTests(emulator.endpoint);
    } finally {
      await emulator.stop();
    }
  } catch (error) {
    if (!(error instanceof EmulatorMissing)) throw error;
    const isCi = (process.env.CI ?? '') !== '' && process.env.CI !== 'false';
    console.error(`${isCi ? 'FAILED' : 'SKIPPED'}: no test against the AWS emulator ran: ${error.message}`);
    return isCi ? 1 : 0;
  }
}

function runTests(endpoint: string): Promise<number> {
  const args = ['run', '--config', 'vitest.aws.config.ts', ...process.argv.slice(2)];
  const tests = spawn(join(ROOT, 'node_modules', '.bin', 'vitest'), args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, EVENKEEL_TEST_ENDPOINT: endpoint },
  });
  return new Promise((resolve) => tests.once('exit', (code) => resolve(code ?? 1)));
}

process.exitCode = await main();
