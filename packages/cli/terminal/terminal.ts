import type { AwsOptions, Composition } from '../compose.ts';
import type { Clock } from './clock.ts';

/**
 * Where a command's words go and what it knows of its surroundings. Commands get it passed in, so that tests read what
 * a user would see.
 */
export interface Terminal {
  /** Writes to standard output: the answer, and nothing else. */
  readonly out: (text: string) => void;
  /** Writes to standard error: progress and errors. */
  readonly err: (text: string) => void;
  /** Characters that fit in a line. */
  readonly columns: number;
  /** Whether standard output takes colours (a terminal, and NO_COLOR is not set). */
  readonly colour: boolean;
  /** Characters in a line of standard error where it is a terminal, whose line can be drawn anew; undefined elsewhere. */
  readonly liveColumns: number | undefined;
  /** The folder relative paths start from. */
  readonly folder: string;
  /** EVENKEEL_DEBUG=1: unexpected errors show their stack. */
  readonly debug: boolean;
  /** Milliseconds from an arbitrary point, for progress and elapsed time only. */
  readonly elapsed: () => number;
  readonly clock: Clock;
  /** Opens what a command works on; absent: an account of AWS, as the options say. */
  readonly open?: (options: AwsOptions) => Promise<Composition>;
  /** A variable of the environment, such as AWS_REGION. */
  readonly variable: (name: string) => string | undefined;
  /** Calls the handler when the user wants to end (Ctrl-C); gives a function that stops listening. */
  readonly onInterrupt: (handler: () => void) => () => void;
}
