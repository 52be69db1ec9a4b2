import { type Minute, startOf } from '@evenkeel/core/quantities';
import { createMemoryPorts, type MemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import type { GroupSnapshot, Ports } from '@evenkeel/engine/ports';
import type { Composition } from '../compose.ts';
import { runCli } from '../program/run-cli.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createTestTerminal } from './test-terminal.ts';

/** A command's answer: what was printed where, and how it ended. */
export interface Answer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Ports as a command opens them. */
export function compositionOn(ports: Ports, changes: Partial<Composition> = {}): Composition {
  return {
    account: '111122223333',
    region: 'eu-west-1',
    store: 'memory',
    ports,
    expectTicks: () => {},
    shapes: () => Promise.reject(new Error('nothing here changes shapes')),
    close: () => {},
    ...changes,
  };
}

/** Types a command where `opened` stands in AWS's place, at the minute `now`, as bob. Options with spaces in them are given apart. */
export async function typed(
  line: string | readonly string[],
  at: { readonly opened: Composition; readonly now: Minute; readonly terminal?: Partial<Terminal> },
): Promise<Answer> {
  const terminal = createTestTerminal({
    open: async () => at.opened,
    clock: { now: () => startOf(at.now), sleep: async () => {} },
    variable: (name) => ({ USER: 'bob' })[name],
    ...at.terminal,
  });
  const code = await runCli(typeof line === 'string' ? line.split(' ') : line, terminal);
  return { code, output: terminal.output(), errors: terminal.errors() };
}

/** A group `shop-web` of the workload `shop` on memory ports, as tags and fields say. */
export function memoryPlace(
  now: Minute,
  group: Partial<GroupSnapshot> = {},
): { readonly ports: MemoryPorts; readonly opened: Composition } {
  const ports = createMemoryPorts({ now: () => now });
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:mode': 'auto', ...group.tags };
  ports.groups.set(plainGroup('shop-web', { ...group, tags }));
  return { ports, opened: compositionOn(ports) };
}
