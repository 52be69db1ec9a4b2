import { prepareTrace, type Trace } from '@evenkeel/core/replay';
import { UserError } from '../program/user-error.ts';
import type { TraceFile } from './trace-file.ts';

/**
 * Brings a trace file to minutes and to the scale of a fleet, ready to replay.
 * @throws UserError where it cannot be replayed, such as one that is zero nearly all of the time.
 */
export function prepare(file: TraceFile, fleet?: number): Trace {
  try {
    return prepareTrace(file, fleet === undefined ? {} : { fleet });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${file.path}: ${error.message}; give a trace with more load in it.`);
  }
}
