import type { Excuse } from '@evenkeel/core/explain';
import { notOurs, tunablePolicy } from '@evenkeel/core/guard';
import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { HISTORY_DAYS } from '@evenkeel/core/replay';
import { isPriced, usdPerInstanceHour } from '@evenkeel/core/shape';
import { DEFAULT_SLO_UTILISATION, parsePolicy, type Tier, WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupSnapshot, Ports } from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { backtest } from './backtest.ts';
import type { GroupScan, ScanPrice } from './group-scan.ts';
import { scanHistory, wholeDays } from './scan-history.ts';

/** What a scan reads; it writes nothing. */
export type ScanPorts = Pick<Ports, 'metrics' | 'records' | 'catalogue'>;

export interface ScanOptions {
  readonly now: Instant;
  /** The tier of groups without a tag that says it. */
  readonly assumedTier: Tier;
  /** Called as the replay goes on, with the share done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
  readonly settings?: EngineSettings;
}

/** Days a backtest needs at the least: one to learn from, one to score. */
const LEAST_DAYS = 2;

/**
 * What Evenkeel would have made of a group's last four weeks at the most: replayed on its own history, each night learning only from the days
 * before it, against the replay of the owner's own configuration. A group that cannot be replayed is measured, and the excuse says why.
 */
export async function scanGroup(
  ports: ScanPorts,
  group: GroupSnapshot,
  options: ScanOptions,
): Promise<GroupScan> {
  const { settings = DEFAULT_SETTINGS } = options;
  const scan = await whatItIs(ports, group, options);
  const foreign = notOurs(group);
  if (foreign) return { ...scan, excuses: [...scan.excuses, foreign] };
  const today = Math.floor(minuteOf(options.now) / MINUTES_PER_DAY) * MINUTES_PER_DAY;
  const from = (today - HISTORY_DAYS * MINUTES_PER_DAY) as Minute;
  const reading = await ports.metrics.demand(group.ref, from, today as Minute);
  const sloUtilisation = sloOf(group);
  const history = wholeDays(reading);
  const measured = scanHistory(history, sloUtilisation);
  const tunable = tunablePolicy(group.policies);
  const excuses: Excuse[] = [...scan.excuses];
  if (tunable.kind === 'not-tunable') excuses.push(tunable.excuse);
  if (history.days < LEAST_DAYS) {
    const facts = { days: history.days };
    excuses.push({ code: 'insufficient-history', bottleneck: 'history', facts });
  }
  const known = { ...scan, ...(measured && { measured }), excuses };
  if (tunable.kind === 'not-tunable' || history.days < LEAST_DAYS) return known;
  const record = await loadRecord(ports, group.ref);
  const played = backtest({
    group,
    home: record?.home,
    steeredSince: record?.adoptedAt,
    sloUtilisation,
    policy: tunable.policy,
    tier: scan.tier,
    history,
    usdPerHour: scan.price?.usdPerHour,
    settings,
    onProgress: options.onProgress ?? (() => {}),
  });
  return { ...known, backtest: played.backtest, excuses: [...excuses, ...played.excuses] };
}

/** What is known of a group before anything of its history is read. */
async function whatItIs(ports: ScanPorts, group: GroupSnapshot, options: ScanOptions): Promise<GroupScan> {
  const { ref, tags, shape, size, startup, warmup } = group;
  const workload = tags[WORKLOAD_TAG];
  const parsed = parsePolicy(tags);
  const wrong = parsed.ok || workload === undefined ? [] : parsed.excuses;
  const tierAssumed = !parsed.ok || tags['evenkeel:tier'] === undefined;
  const price = await priceOf(ports, group);
  return {
    ref,
    ...(workload !== undefined && { workload }),
    tier: parsed.ok && !tierAssumed ? parsed.policy.tier : options.assumedTier,
    tierAssumed,
    ...(parsed.ok && { mode: parsed.policy.mode }),
    ...(shape.instanceTypes[0] !== undefined && { instanceType: shape.instanceTypes[0] }),
    ...(price && { price }),
    startup: Math.max(startup ?? 0, warmup ?? 0) || (options.settings ?? DEFAULT_SETTINGS).defaultStartup,
    size,
    excuses: wrong,
  };
}

function sloOf({ tags }: GroupSnapshot): number {
  const parsed = parsePolicy(tags);
  return parsed.ok ? parsed.policy.sloUtilisation : DEFAULT_SLO_UTILISATION;
}

/** A price that cannot be read costs the dollars and nothing else. */
async function priceOf(
  { catalogue }: ScanPorts,
  { ref, shape }: GroupSnapshot,
): Promise<ScanPrice | undefined> {
  const [name] = shape.instanceTypes;
  try {
    const entry = (await catalogue?.inRegion(ref.region))?.find(({ type }) => type.name === name);
    if (entry === undefined || !isPriced(entry)) return undefined;
    const purchase = { spotShare: shape.spotShare, lossFactor: 0, startup: 0 };
    return { usdPerHour: usdPerInstanceHour(entry, purchase), asOf: entry.price.asOf };
  } catch {
    return undefined;
  }
}
