/** Why a port could not do what it was asked, by meaning and not by the provider's code. */
export type PortErrorCode =
  | 'not-found'
  | 'throttled'
  | 'denied'
  | 'conflict'
  | 'quota'
  | 'invalid'
  | 'unavailable';

/** What a port rejects with; `message` is a sentence for the owner of the group. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;

  constructor(code: PortErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The meaning of anything a port threw; what is no PortError counts as `unavailable`. */
export function portErrorCode(error: unknown): PortErrorCode {
  return error instanceof PortError ? error.code : 'unavailable';
}
