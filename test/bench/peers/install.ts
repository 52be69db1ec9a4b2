/**
 * Installs what the peers call, apart from the project: a Python virtual environment and a Go program. Needs python3 with
 * venv (3.11 or later) and Go (1.26 or later); nothing else of the project needs either.
 *   npm run bench:peers:install
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf } from './home.ts';

const FOLDER = import.meta.dirname;
const VENV = join(homeOf(), 'venv');

function run(command: string, args: readonly string[], folder = FOLDER): void {
  console.log(`${command} ${args.join(' ')}`);
  execFileSync(command, args, { cwd: folder, stdio: 'inherit' });
}

mkdirSync(homeOf(), { recursive: true });
run('python3', ['-m', 'venv', VENV]);
run(join(VENV, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt']);
run('go', ['build', '-o', join(homeOf(), 'peers'), '.'], join(FOLDER, 'go'));
