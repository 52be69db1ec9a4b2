import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../program/build-program.ts';
import { runCli } from '../program/run-cli.ts';
import { createTestTerminal } from '../testing/test-terminal.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'operations.md'), 'utf8');

/** Lines of a shell command, without indentation. */
function commandIn(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => line.startsWith('aws autoscaling describe-scheduled-actions'));
  const length = lines.slice(first).findIndex((line) => line.endsWith('--scheduled-action-names'));
  return first < 0 || length < 0 ? [] : lines.slice(first, first + length + 1);
}

describe('docs/operations.md', () => {
  it('S11: gives the same plain AWS CLI line as the help of pause, and it spares the home step', async () => {
    const terminal = createTestTerminal({ columns: 80 });
    await runCli(['pause', '--help'], terminal);
    const line = commandIn(PAGE);
    expect(line).toEqual(commandIn(terminal.output()));
    expect(line.join(' ')).toContain("grep '^evenkeel-' | grep -v '^evenkeel-home$'");
    expect(line.join(' ')).toContain('xargs -n 50');
  });

  it('names only commands and options that exist', () => {
    const commands = new Map(buildProgram(createTestTerminal()).commands.map((each) => [each.name(), each]));
    for (const [, name = '', rest = ''] of PAGE.matchAll(/^ {4}evenkeel (\w+)([^#\n]*)/gm)) {
      const known = commands.get(name)?.options.map((option) => option.long) ?? [];
      for (const [option] of rest.matchAll(/--[\w-]+/g)) expect(known).toContain(option);
      expect([...commands.keys()]).toContain(name);
    }
  });
});
