import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { preparePlatform } from './harness/prepare-platform.ts';
import { ROOT, RUNS, type RunName, resultFile } from './runs.ts';

/** What `npx sst secret set` would have set. */
const SECRETS = {
  SST_SECRET_SlackToken: 'xoxb-synth',
  SST_SECRET_SlackSigningSecret: 'synth-signing-secret',
};

/** Lays out SST's platform code, then runs the stacks once per stage, each in a process of its own (Pulumi keeps state in module globals). */
export default function setup(): void {
  preparePlatform(ROOT);
  for (const name of Object.keys(RUNS) as RunName[]) {
    const { stage, settings } = RUNS[name];
    execFileSync(
      process.execPath,
      [join(ROOT, 'test/synth/harness/dump.ts'), '--root', ROOT, '--stage', stage, '--out', resultFile(name)],
      { cwd: ROOT, stdio: 'inherit', env: { ...process.env, EVENKEEL_SETTINGS: settings, ...SECRETS } },
    );
  }
}
