import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthResource, SynthResult } from './harness/synth.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The runs of the stack program that tests look at. */
export const RUNS = {
  /** One account and region, as in the file the repository ships. */
  single: { stage: 'test', settings: 'evenkeel.json' },
  production: { stage: 'production', settings: 'evenkeel.json' },
  /** Several regions and accounts, everything switched on. */
  fleet: { stage: 'fleet', settings: 'test/synth/fleet.json' },
  /** With Slack by a bot: the only run with a public address. */
  slack: { stage: 'chat', settings: 'test/synth/slack.json' },
} as const;

export type RunName = keyof typeof RUNS;

export function resultFile(name: RunName): string {
  return join(ROOT, '.sst', 'synth', `${name}.json`);
}

const results = new Map<RunName, SynthResult>();

/** The result of a run that `setup.ts` made. */
export function resultOf(name: RunName): SynthResult {
  const known = results.get(name);
  if (known) return known;
  const result = JSON.parse(readFileSync(resultFile(name), 'utf8')) as SynthResult;
  results.set(name, result);
  return result;
}

/** Resources of a type that are created (not looked up). */
export function created(name: RunName, type: string): readonly SynthResource[] {
  return resultOf(name).resources.filter((each) => each.type === type && !each.read);
}

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Policy {
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export function statementsIn(policy: unknown): readonly PolicyStatement[] {
  return listed((policy as Policy).Statement);
}

/** Every statement of a role's own policies. */
export function statementsOf(role: SynthResource): readonly PolicyStatement[] {
  const inline = (role.inputs.inlinePolicies ?? []) as readonly { readonly policy: unknown }[];
  return inline.flatMap(({ policy }) => statementsIn(policy));
}

export function listed<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}
