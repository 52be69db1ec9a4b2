import { parseWindow } from './change-window.ts';
import { parseMoment } from './moment.ts';
import { type DemandMetric, MODES, type Mode, type WorkloadPolicy } from './policy.ts';
import { TIERS, type Tier } from './tier.ts';

export const TAG_PREFIX = 'evenkeel:';

/** The tag that a group is taken on by; its value is the workload's name. */
export const WORKLOAD_TAG = `${TAG_PREFIX}workload`;
/** The tag that says how far Evenkeel may go. */
export const MODE_TAG = `${TAG_PREFIX}mode`;

/** The part of the policy a tag speaks about. */
type Part = Partial<WorkloadPolicy>;

/** One tag: what may be written in it, and how it is read. */
export interface TagReader {
  readonly key: string;
  /** What to write, in words; goes into the excuse where it is wrong. */
  readonly write: string;
  readonly example: string;
  /** The part of the policy the value stands for; undefined where the value is wrong. */
  readonly read: (value: string) => Part | undefined;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*[0-9][a-z0-9-]*(\.[a-z0-9-]+)?$/;
const CHANNEL = /^([a-z0-9][a-z0-9._-]{0,79}|[CG][A-Z0-9]{8,14})$/;

/** Every tag there is, in the order of the reference page. AWS allows letters, digits, spaces and `_ . : / = + - @` in a value. */
export const TAGS: readonly TagReader[] = [
  {
    key: 'workload',
    write: 'a name of at most 64 letters, digits and . _ / -, such as checkout',
    example: 'checkout',
    read: (value) => (NAME.test(value) ? { workload: value } : undefined),
  },
  {
    key: 'component',
    write: 'a name of at most 64 letters, digits and . _ / -, such as web',
    example: 'web',
    read: (value) => (NAME.test(value) ? { component: value } : undefined),
  },
  {
    key: 'tier',
    write: '0, 1, 2 or 3 (0 is the most critical)',
    example: '1',
    read: (value) => {
      const tier = TIERS.find((each) => String(each) === value);
      return tier === undefined ? undefined : { tier: tier satisfies Tier };
    },
  },
  {
    key: 'mode',
    write: `one of ${MODES.join(', ')}`,
    example: 'auto',
    read: (value) => (isMode(value) ? { mode: value } : undefined),
  },
  {
    key: 'slo',
    write: 'the utilisation the service level allows, 0.30 to 0.95, such as 0.70',
    example: '0.70',
    read: (value) => {
      const slo = /^0\.\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
      return slo >= 0.3 && slo <= 0.95 ? { sloUtilisation: slo } : undefined;
    },
  },
  {
    key: 'bounds',
    write: 'the fewest and the most instances, such as 2-20',
    example: '2-20',
    read: (value) => {
      const [, min, max] = (/^(\d{1,5})-(\d{1,5})$/.exec(value) ?? []).map(Number);
      if (min === undefined || max === undefined || min > max || max === 0) return undefined;
      return { bounds: { min, max } };
    },
  },
  {
    key: 'metric',
    write: 'cpu, requests, or custom:Namespace/MetricName',
    example: 'custom:Shop/Orders/BusyWorkers',
    read: (value) => {
      const metric = readMetric(value);
      return metric && { metric };
    },
  },
  {
    key: 'types',
    write: 'instance types or families with a space between, such as m7g.large c7g',
    example: 'm7g.large m6i.large c7g',
    read: (value) => {
      const types = value.split(' ');
      const good = types.every((type) => INSTANCE_TYPE.test(type)) && new Set(types).size === types.length;
      return good ? { types } : undefined;
    },
  },
  {
    key: 'arm64-launch-template',
    write: 'a launch template and the number of its version, such as lt-0a1b2c3d4e5f67890:7 or shop-arm64:7',
    example: 'shop-arm64:7',
    read: (value) => {
      const match = /^([A-Za-z0-9()./_-]{3,128}):([1-9]\d{0,8})$/.exec(value);
      return match ? { arm64Template: { template: match[1]!, version: Number(match[2]) } } : undefined;
    },
  },
  {
    key: 'purchase',
    write: 'on-demand, or spot: and the highest percentage of Spot, such as spot:50',
    example: 'spot:50',
    read: (value) => {
      if (value === 'on-demand') return { spotShare: 0 };
      const percent = Number(/^spot:([1-9]\d{0,2})$/.exec(value)?.[1]);
      return percent <= 100 ? { spotShare: percent / 100 } : undefined;
    },
  },
  {
    key: 'window',
    write:
      'days, hours and time zone in which targets and shapes may change, such as mon-fri 09:00-17:00 Europe/Berlin',
    example: 'mon-fri 09:00-17:00 Europe/Berlin',
    read: (value) => {
      const window = parseWindow(value);
      return window && { window };
    },
  },
  {
    key: 'freeze-until',
    write:
      'a date, with a time and a time zone if you like, such as 2026-12-01 or 2026-12-01T09:00 Europe/Berlin',
    example: '2026-12-01T09:00 Europe/Berlin',
    read: (value) => {
      const freezeUntil = parseMoment(value);
      return freezeUntil === undefined ? undefined : { freezeUntil };
    },
  },
  {
    key: 'notify',
    write: 'a Slack channel without the #, such as team-shop, or its id',
    example: 'team-shop',
    read: (value) => (CHANNEL.test(value) ? { notify: value } : undefined),
  },
  {
    key: 'boost-alarm',
    write: 'the name of a CloudWatch alarm of load, never one that Auto Scaling manages',
    example: 'shop-queue-is-long',
    read: (value) => (isOwnAlarm(value) ? { boostAlarm: value } : undefined),
  },
  {
    key: 'guard-alarm',
    write: 'the name of a CloudWatch alarm that means trouble, never one that Auto Scaling manages',
    example: 'shop-errors',
    read: (value) => (isOwnAlarm(value) ? { guardAlarm: value } : undefined),
  },
];

function isMode(value: string): value is Mode {
  return (MODES as readonly string[]).includes(value);
}

function isOwnAlarm(value: string): boolean {
  return value.trim() === value && value.length > 0 && !value.startsWith('TargetTracking-');
}

function readMetric(value: string): DemandMetric | undefined {
  if (value === 'cpu' || value === 'requests') return { kind: value };
  const match = /^custom:([A-Za-z][A-Za-z0-9 ._/-]*)\/([A-Za-z][A-Za-z0-9 ._-]*)$/.exec(value);
  return match ? { kind: 'custom', namespace: match[1]!, name: match[2]! } : undefined;
}
