import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import type { CatalogEntry, InstanceType } from '@evenkeel/core/shape';
import { entryOf } from '@evenkeel/core/shape/testing';
import { parsePolicy } from '@evenkeel/core/workload';
import {
  createMemoryCatalogue,
  createMemoryPorts,
  createMemoryUsage,
  plainGroup,
} from '../../memory/index.ts';
import type { GroupRecord, GroupSnapshot, Ports } from '../../ports/index.ts';
import { openRun } from '../../run/open-run.ts';
import { closeRun } from '../../run/run.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../run/settings.ts';
import { reviewShape } from './review-shape.ts';

export const DAY = MINUTES_PER_DAY;
/** Five past midnight of 20 October 2025. */
export const NOW = (29_348_640 + 5) as Minute;
const FIVE_MINUTE_SAMPLES = (14 * DAY) / 5;

/** A quoted entry of this name: an m5.large by another name unless changed. */
export function entry(name: string, changes: Partial<InstanceType>, usdPerHour: number): CatalogEntry {
  const family = name.split('.')[0]!;
  const named = { name, family, series: family[0]!, generation: Number(family[1]) };
  return entryOf({ ...named, ...changes }, usdPerHour);
}

export const factor = (value: number) => ({ performance: { factor: value, basis: 'measured' } as const });
export const PRESENT = entry('m6i.large', factor(1.2), 0.107);
export const BETTER = entry('m7a.large', factor(1.7), 0.128);
const NEXT = entry('m6a.large', factor(1.25), 0.0963);
const ARM = entry('m7g.large', { ...factor(1.6), architectures: ['arm64'] }, 0.091);
const LEAN = entry('c7a.large', { ...factor(1.7), memoryGiB: 4 }, 0.1);
export const DOUBLE = entry('m6i.xlarge', { ...factor(1.2), vcpus: 4, memoryGiB: 16 }, 0.214);
const REGION = [PRESENT, BETTER, NEXT, ARM, LEAN, DOUBLE];

export interface Story {
  readonly mode?: string;
  readonly tags?: Record<string, string>;
  readonly entries?: readonly CatalogEntry[] | 'none';
  readonly group?: Partial<GroupSnapshot>;
  readonly settings?: Partial<EngineSettings>;
  readonly ledger?: readonly { readonly at: number; readonly decision: Decision; readonly id?: string }[];
  readonly record?: Partial<GroupRecord>;
  readonly memoryPercent?: number;
  readonly days?: number;
  readonly matches?: boolean;
}

/** A group of an office, two weeks on m6i.large, and one look at its shape. */
export async function look(story: Story = {}) {
  const ports = createMemoryPorts({ now: () => NOW });
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:mode': story.mode ?? 'approve', ...story.tags };
  const group = plainGroup('web', { size: { min: 2, max: 60 }, tags, targetGroups: ['tg'], ...story.group });
  ports.groups.set(group);
  const start = (NOW - (story.days ?? 28) * DAY) as Minute;
  const demandAt = (at: number) => 4 + 3 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI);
  const values = Float64Array.from({ length: NOW - start }, (_, i) => demandAt(start + i));
  const inService = values.map((value) => Math.ceil(value / 0.5));
  ports.metrics.set(group.ref, { demand: { start, values }, inService });
  const past = (story.ledger ?? []).map(
    ({ at, decision, id }, i): LedgerEntry => ({
      id: id ?? `past/${i}`,
      at: at as Minute,
      workload: 'shop',
      group: 'web',
      decision,
      excuses: [],
    }),
  );
  await ports.ledger.append(past);
  const usage = createMemoryUsage();
  if (story.memoryPercent !== undefined) {
    const memoryPercentMax = new Float64Array(FIVE_MINUTE_SAMPLES).fill(story.memoryPercent);
    usage.set(group.ref, { memoryPercentMax });
  }
  const catalogue = createMemoryCatalogue(
    story.entries === 'none' ? {} : { 'eu-west-1': story.entries ?? REGION },
  );
  const all: Ports = { ...ports, catalogue, usage: usage.read };
  const settings = { ...DEFAULT_SETTINGS, ...story.settings };
  const run = await openRun({ useCase: 'review', ports: all, group, now: startOf(NOW), settings });
  run.record = { ...run.record, ...story.record };
  const parsed = parsePolicy(tags, undefined);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.excuses));
  const reading = await ports.metrics.demand(group.ref, start, NOW);
  const gate =
    story.matches === false ? ({ kind: 'not-measured' } as const) : ({ kind: 'matches', error: 0 } as const);
  await reviewShape(run, parsed.policy, { reading, gate, learned: { profile: undefined } });
  const { entries } = await closeRun(run);
  const found = entries.find(({ decision }) => decision?.kind.startsWith('shape-'));
  return { run, entries, entry: found, decision: found?.decision };
}

export async function proposed(story: Story = {}) {
  const found = await look(story);
  if (found.decision?.kind !== 'shape-proposed')
    throw new Error(`no proposal: ${JSON.stringify(found.entries)}`);
  return { ...found, decision: found.decision };
}

export async function reviewed(story: Story = {}) {
  const found = await look(story);
  if (found.decision?.kind !== 'shape-reviewed')
    throw new Error(`no review: ${JSON.stringify(found.entries)}`);
  return { ...found, decision: found.decision };
}

export const shapes = { from: { types: ['m6i.large'], count: 8 }, to: { types: ['m7a.large'], count: 6 } };
