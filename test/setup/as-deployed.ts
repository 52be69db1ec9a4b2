import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/**
 * The environment of a deployed function for the tests of this file, with its settings in a file.
 * @returns takes both away again
 */
export function asDeployed(
  settings: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>>,
): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-settings-'));
  const settingsFile = join(folder, 'evenkeel.json');
  writeFileSync(settingsFile, JSON.stringify(settings));
  const all = {
    EVENKEEL_STAGE: 'test',
    EVENKEEL_SETTINGS: settingsFile,
    EVENKEEL_TABLE: 'table',
    EVENKEEL_BUS: 'bus',
    ...environment,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  };
}
