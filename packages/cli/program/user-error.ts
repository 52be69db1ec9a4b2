/**
 * A mistake that the user can mend. The message is one line that names the thing, what is wrong with it and what to do
 * instead; it is printed without a stack, and the exit code is 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

const MAX_QUOTED = 40;

/** Something the user wrote, quoted so that it stays on one line and stays short. */
export function quoted(text: string): string {
  const shown = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return JSON.stringify(shown);
}
