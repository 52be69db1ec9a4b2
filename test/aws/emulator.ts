import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const VENV = join(ROOT, '.venv', 'moto');
const READY_TRIES = 240;
const READY_WAIT_MS = 250;

/** Why there is no emulator; the message says what to install. */
export class EmulatorMissing extends Error {}

/**
 * Installs moto, an AWS emulator of other people's making, with all its dependencies pinned into `.venv/moto` (git-ignored),
 * unless that was done before with the same pins. Throws EmulatorMissing where Python or the package index cannot be had.
 */
export function installEmulator(): void {
  const pins = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const marker = join(VENV, 'evenkeel-pins');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === pins) return;
  console.log('Installing the AWS emulator (moto) into .venv/moto; once, about a minute …');
  mkdirSync(join(ROOT, '.venv'), { recursive: true });
  run('python3', ['-m', 'venv', VENV], 'Python 3.11 or newer with venv is needed (apt install python3-venv)');
  run(
    join(VENV, 'bin', 'pip'),
    ['install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS],
    'the packages of test/aws/requirements.txt could not be installed from PyPI',
  );
  writeFileSync(marker, pins);
}

export interface Emulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts the emulator on a free port and resolves once it answers. */
export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(join(VENV, 'bin', 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill();
    await ended;
  };
  for (let attempt = 0; attempt < READY_TRIES; attempt += 1) {
    if (await answers(endpoint)) return { endpoint, stop };
    if (server.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, READY_WAIT_MS));
  }
  await stop();
  throw new EmulatorMissing(`the emulator did not answer at ${endpoint}`);
}

function run(command: string, args: readonly string[], otherwise: string): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new EmulatorMissing(`${otherwise}: ${error?.message ?? stderr.trim()}`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
