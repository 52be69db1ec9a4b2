/**
 * Whether EventBridge would send an event to a rule: the part of its pattern language that the stacks use (lists of values, prefix,
 * anything-but with a prefix, nested fields; a list in the event matches where one of its items does).
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(event) ? event : [event];
    return values.some((value) => pattern.some((wanted) => matchesValue(wanted, value)));
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new TypeError(`a pattern ends in lists, not in ${JSON.stringify(pattern)}`);
  }
  if (Array.isArray(event)) return event.some((item) => matches(pattern, item));
  if (typeof event !== 'object' || event === null) return false;
  return Object.entries(pattern).every(([field, wanted]) =>
    matches(wanted, (event as Record<string, unknown>)[field]),
  );
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === value;
  const [[operator, operand] = []] = Object.entries(wanted);
  switch (operator) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'anything-but':
      return value !== undefined && !matchesValue(operand, value);
    default:
      throw new TypeError(`the operator ${operator} is not known here`);
  }
}
