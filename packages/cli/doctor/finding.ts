/** `problem`: something does not work, or will not. `warn`: it works, and could be better. `unknown`: it could not be found out. */
export type Level = 'ok' | 'warn' | 'problem' | 'unknown';

/** What one check found, in a sentence, and what to do about it. */
export interface Finding {
  readonly level: Level;
  /** What was looked at, in a word or two. */
  readonly what: string;
  readonly says: string;
  readonly remedy?: string;
}

export function ok(what: string, says: string): Finding {
  return { level: 'ok', what, says };
}

export function warn(what: string, says: string, remedy: string): Finding {
  return { level: 'warn', what, says, remedy };
}

export function problem(what: string, says: string, remedy: string): Finding {
  return { level: 'problem', what, says, remedy };
}

export function unknown(what: string, says: string, remedy?: string): Finding {
  return { level: 'unknown', what, says, ...(remedy !== undefined && { remedy }) };
}
