import { existsSync, readFileSync } from 'node:fs';
import { parseSettings, type Settings } from '../functions/settings/settings.ts';

/**
 * The file of a stage's settings, relative to the project's root, where SST runs: what EVENKEEL_SETTINGS names, else
 * `evenkeel.<stage>.json` where there is one, else `evenkeel.json`.
 */
export function settingsFileOf(stage: string): string {
  const named = process.env.EVENKEEL_SETTINGS;
  if (named !== undefined && named !== '') return named;
  const own = `evenkeel.${stage}.json`;
  return existsSync(own) ? own : 'evenkeel.json';
}

/** Reads the settings of a stage. Throws a SettingsError with what to write instead. */
export function settingsOf(stage: string): Settings {
  const file = settingsFileOf(stage);
  return parseSettings(readFileSync(file, 'utf8'), file);
}
