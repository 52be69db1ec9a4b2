import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_TIMEOUT_MS = 8 * 60_000;

/**
 * Lays out `<root>/.sst/platform`: SST's own components, their types and their npm dependencies (about 40 s and 300 MB the first time,
 * nothing when it is there). Needs npm and nothing else: the SST command refuses to work until a `pulumi` of the version it was built for
 * answers `version`, and `sst install` asks it nothing more, so a stand-in in a private folder answers that one question. A real
 * SST set-up on the machine is neither used nor changed.
 */
export function preparePlatform(root: string): void {
  const require = createRequire(join(root, 'package.json'));
  const sstPackage = require
    .resolve('sst')
    .replace(/node_modules\/sst\/.*$/, 'node_modules/sst/package.json');
  const { version } = JSON.parse(readFileSync(sstPackage, 'utf8')) as { version: string };
  const platform = join(root, '.sst', 'platform');
  if (isInPlace(platform, version)) return;

  const home = mkdtempSync(join(tmpdir(), 'evenkeel-sst-'));
  try {
    writePulumiStandIn(join(home, 'sst', 'bin'), wantedPulumi(require));
    execFileSync(join(root, 'node_modules', '.bin', 'sst'), ['install', '--stage', 'test'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      // It takes 40 s; an npm that cannot reach its registry would otherwise be waited for for ever.
      timeout: INSTALL_TIMEOUT_MS,
      env: {
        ...process.env,
        XDG_CONFIG_HOME: home,
        SST_NO_BUN: '1',
        SST_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        // Pulumi's install scripts would download provider plugins, which nothing here uses.
        npm_config_ignore_scripts: 'true',
      },
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  if (!isInPlace(platform, version)) throw new Error(`sst install did not lay out ${platform}`);
}

function isInPlace(platform: string, version: string): boolean {
  const stamp = join(platform, 'version');
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8').trim() === version &&
    existsSync(join(platform, 'node_modules', '@pulumi', 'aws'))
  );
}

/** The version SST was built for stands in its binary's own list of modules. */
function wantedPulumi(require: NodeJS.Require): string {
  const name = `sst-${process.platform}-${process.arch}/bin/sst`;
  const binary = readFileSync(require.resolve(name), 'latin1');
  const found = /pulumi\/sdk\/v3@(v[\d.]+)\//.exec(binary)?.[1];
  if (found === undefined) throw new Error(`${name} does not say which Pulumi it was built with`);
  return found;
}

function writePulumiStandIn(folder: string, version: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'pulumi');
  writeFileSync(file, `#!/bin/sh\n[ "$1" = version ] && echo "${version}" && exit 0\nexit 1\n`);
  chmodSync(file, 0o755);
}
