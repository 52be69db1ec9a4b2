const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/i;

/**
 * An ISO-8601 date and time as milliseconds since 1970-01-01T00:00Z, undefined where it is none (or no real date, such
 * as 30 February). Without a zone it is UTC; fractions of a second are dropped.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const day = Date.UTC(part(1), part(2) - 1, part(3));
  if (new Date(day).getUTCDate() !== part(3) || new Date(day).getUTCMonth() !== part(2) - 1) return undefined;
  if (part(4) > 23 || part(5) > 59 || part(6) > 59) return undefined;
  const offsetMinutes = (part(8) * 60 + part(9)) * (match[7] === '-' ? -1 : 1);
  return day + ((part(4) * 60 + part(5) - offsetMinutes) * 60 + part(6)) * 1000;
}
