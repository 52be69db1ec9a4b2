import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseSettings } from '@evenkeel/functions/settings/index';
import type { Terminal } from '../terminal/terminal.ts';
import { type Finding, ok, problem, unknown, warn } from './finding.ts';
import { read } from './group-facts.ts';

const SETTINGS_FILE = 'evenkeel.json';

/** Whether messages go to Slack, as the settings of a deployment in this folder say. */
export async function checkSlack(terminal: Terminal): Promise<Finding> {
  const text = await read(() => readFile(resolve(terminal.folder, SETTINGS_FILE), 'utf8'));
  if ('failed' in text) {
    return unknown('Slack', `There is no ${SETTINGS_FILE} in this folder, whose settings would say.`);
  }
  const settings = await read(async () => parseSettings(text.value, SETTINGS_FILE));
  if ('failed' in settings)
    return problem('Slack', `${settings.failed}.`, 'Mend the file; docs/deploy.md says what stands in it.');
  const { slack } = settings.value;
  if (slack === undefined)
    return warn('Slack', `Not set up: ${SETTINGS_FILE} has no "slack".`, 'docs/slack.md: five minutes.');
  const nobody = Object.entries(slack.who).filter(
    ([, { users, groups }]) => users.length + groups.length === 0,
  );
  const where = `messages go to #${slack.channel} by ${slack.by}`;
  if (slack.by === 'webhook' || nobody.length === 0) return ok('Slack', where);
  const tiers = nobody.map(([tier]) => tier).join(', ');
  return warn(
    'Slack',
    `${where}; nobody may answer for tier ${tiers}.`,
    `Name users or groups under slack.who in ${SETTINGS_FILE}.`,
  );
}
