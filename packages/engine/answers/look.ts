import { explainGroup, holdReason, utc } from '@evenkeel/core/explain';
import { isOurs } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { parsePolicy, WORKLOAD_TAG } from '@evenkeel/core/workload';
import { groupKey, type Ports } from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';
import type { KnownGroup } from './directory.ts';

const RECENT = 200;
/** What a reply holds comfortably. */
const MOST_LINES = 40;

/** How the groups stand, a line each. Undefined where there is none. */
export async function lookAtStatus(
  ports: Pick<Ports, 'holds' | 'records'>,
  groups: readonly KnownGroup[],
  at: Minute,
): Promise<string | undefined> {
  if (groups.length === 0) return undefined;
  const lines: string[] = [];
  for (const group of [...groups].sort(byName)) {
    const workload = group.tags[WORKLOAD_TAG] ?? '';
    const parsed = parsePolicy(group.tags);
    const policy = parsed.ok
      ? `tier ${parsed.policy.tier}, ${parsed.policy.mode}`
      : 'a tag is wrong: left alone';
    const [hold] = await ports.holds.inForce({ workload, group: groupKey(group.ref), at });
    const held = hold === undefined ? '' : `; on hold: ${holdReason(hold.kind, hold.by)}`;
    lines.push(
      `${workload} / ${group.ref.name} (${group.ref.region}): ${await sizeOf(ports, group)}, ${policy}${held}`,
    );
  }
  return shortened(lines);
}

/** The sizes as they were read; else the floor as last written. */
async function sizeOf(ports: Pick<Ports, 'records'>, { ref, size, inService }: KnownGroup): Promise<string> {
  if (size !== undefined && inService !== undefined)
    return `${inService} in service, ${size.min} to ${size.max}`;
  const floor = (await loadRecord(ports, ref))?.lastFloor;
  return floor === undefined ? 'no floor written' : `floor ${floor}`;
}

/** Why the workload's groups have the size they have. */
export async function lookAtWhy(
  ports: Pick<Ports, 'ledger'>,
  workload: string,
  groups: readonly KnownGroup[],
): Promise<string | undefined> {
  if (groups.length === 0) return undefined;
  const lines: string[] = [];
  for (const { ref } of [...groups].sort(byName)) {
    const { headline, because, notDone } = explainGroup(
      await ports.ledger.recent({ workload, group: ref.name, limit: RECENT }),
    );
    lines.push(
      `${ref.name}: ${headline}`,
      ...because.map((line) => `  ${line}`),
      ...notDone.map((line) => `  not done: ${line}`),
    );
  }
  return shortened(lines);
}

/** The steps that stand for the groups, from now on. */
export async function lookAtPlan(
  ports: Pick<Ports, 'records'>,
  groups: readonly KnownGroup[],
  at: Minute,
): Promise<string | undefined> {
  if (groups.length === 0) return undefined;
  const lines: string[] = [];
  for (const { ref, size } of [...groups].sort(byName)) {
    const record = await loadRecord(ports, ref);
    const steps = (record?.written ?? []).filter((step) => isOurs(step) && step.start >= at);
    const stands = size?.min ?? record?.lastFloor;
    lines.push(stands === undefined ? `${ref.name}:` : `${ref.name}: MinSize is ${stands}`);
    if (steps.length === 0) lines.push('  no floors are planned');
    for (const step of [...steps].sort((a, b) => a.start - b.start)) {
      lines.push(`  from ${utc(step.start)}: at least ${step.minSize ?? 0}`);
    }
  }
  return shortened(lines);
}

function byName(a: KnownGroup, b: KnownGroup): number {
  return groupKey(a.ref) < groupKey(b.ref) ? -1 : 1;
}

function shortened(lines: readonly string[]): string {
  if (lines.length <= MOST_LINES) return lines.join('\n');
  return [
    ...lines.slice(0, MOST_LINES),
    `… and ${lines.length - MOST_LINES} more lines; evenkeel explain shows all`,
  ].join('\n');
}
