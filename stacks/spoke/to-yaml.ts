/**
 * JSON values as YAML in block form, for people to read in a review. Strings are written as in JSON (which YAML reads the same) unless
 * they are plain words; keys are plain. Empty lists and objects, which templates do not have, throw.
 */
export function toYaml(value: unknown, indent = 0): string {
  const pad = '  '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RangeError('an empty list');
    return value.map((item) => `${pad}-${inItem(item, indent)}`).join('\n');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    if (entries.length === 0) throw new RangeError('an empty object');
    return entries.map(([key, each]) => `${pad}${scalar(key)}:${after(each, indent)}`).join('\n');
  }
  return `${pad}${scalar(value)}`;
}

/** The value after a key: on the same line where it is a scalar, else below. */
function after(value: unknown, indent: number): string {
  return isScalar(value) ? ` ${scalar(value)}` : `\n${toYaml(value, indent + 1)}`;
}

/** An item of a list: objects begin on the dash's own line. */
function inItem(item: unknown, indent: number): string {
  return isScalar(item) ? ` ${scalar(item)}` : ` ${toYaml(item, indent + 1).trimStart()}`;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

const PLAIN = /^[A-Za-z][A-Za-z0-9_.-]*(::?[A-Za-z0-9*_.-]+)*( [A-Za-z0-9_.-]+)*$/;
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return PLAIN.test(value) && !NOT_TEXT.test(value) ? value : JSON.stringify(value);
}
