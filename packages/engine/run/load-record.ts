import type { GroupRecord, GroupRef, Home, Ports } from '../ports/index.ts';

/**
 * The record of a group; undefined where there is none, or none that can be read: damaged, or of another version. What every run builds on
 * is looked at; a record without it counts as lost, and the group itself says what home is (S3).
 */
export async function loadRecord(
  { records }: Pick<Ports, 'records'>,
  ref: GroupRef,
): Promise<GroupRecord | undefined> {
  const record = await records.load(ref);
  return record !== undefined && isReadable(record) ? record : undefined;
}

function isReadable({ home, adoptedAt, written }: { readonly [K in keyof GroupRecord]?: unknown }): boolean {
  const { minSize, policy } = (home ?? {}) as { readonly [K in keyof Home]?: unknown };
  const hasHome = isNumber(minSize) && (policy === undefined || isPolicy(policy));
  return hasHome && isNumber(adoptedAt) && Array.isArray(written) && written.every(isStep);
}

function isPolicy(value: unknown): boolean {
  return isObject(value) && typeof value.name === 'string' && isNumber(value.target);
}

function isStep(value: unknown): boolean {
  return isObject(value) && typeof value.name === 'string' && isNumber(value.start);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
