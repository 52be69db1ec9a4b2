import { basename } from 'node:path';

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const JSON_FIELDS = /^(policy|assumeRolePolicy|eventPattern|redrivePolicy|input|dashboardBody)$/;

/** Pulumi's wire form as plain values: secrets unwrapped, assets as file names, JSON texts of known fields parsed. */
export function decode(wire: unknown, key = ''): unknown {
  if (Array.isArray(wire)) return wire.map((each) => decode(each));
  if (typeof wire === 'string') return JSON_FIELDS.test(key) ? parsed(wire) : wire;
  if (wire === null || typeof wire !== 'object') return wire;
  const record = wire as Readonly<Record<string, unknown>>;
  if (record[SIGNATURE] === SECRET) return decode(record.value, key);
  if (record[SIGNATURE] !== undefined) {
    return { $asset: assetName(record.path ?? record.uri) };
  }
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, decode(value, name)]));
}

function assetName(path: unknown): string {
  return typeof path === 'string' ? basename(path) : 'text';
}

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
