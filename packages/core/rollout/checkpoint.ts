import { type Instances, MINUTES_PER_DAY, type Minutes, type Utilisation } from '../quantities.ts';

/** AWS takes the first checkpoint as a percentage; in between it rounds down to whole instances. */
const CANARY_PERCENT = 10;
const LEAST_DELAY: Minutes = 60;
const MOST_DELAY: Minutes = MINUTES_PER_DAY;
/** No verdict this long before the delay ends means rolling back (S19). */
export const DEADLINE_MINUTES: Minutes = 15;
/** Without a forecast of load. */
const USUAL_DELAY: Minutes = 6 * 60;
/** Minutes of load that a measurement wants to see. */
const WANTED_LOAD_MINUTES = 120;
/** What counts as load: this share of the highest utilisation ahead, and this much at the least. */
const LOAD_SHARE = 0.5;
const LEAST_LOAD: Utilisation = 0.1;

/** The first checkpoint and how long the refresh stands at it. */
export interface Checkpoint {
  readonly percent: number;
  readonly canary: Instances;
  readonly delay: Minutes;
  /** How many looks the test takes (judge-canary.ts). */
  readonly looks: number;
}

/**
 * S19: how large the canary is and how long it stands, chosen before the start: AWS goes on by itself when the delay ends.
 * @param size instances of the group
 * @param ahead expected utilisation of the hours to come, a value every `stepMinutes`; empty where nothing is known
 */
export function chooseCheckpoint(options: {
  readonly size: Instances;
  readonly ahead: readonly Utilisation[];
  readonly stepMinutes: Minutes;
}): Checkpoint {
  const { size, ahead, stepMinutes } = options;
  // Rounded up to a whole instance: with 10 % of 25 instances AWS would take two.
  const canary = Math.max(1, Math.ceil((CANARY_PERCENT / 100) * size));
  const percent = Math.min(100, Math.max(CANARY_PERCENT, Math.ceil((100 * canary) / size)));
  const delay = Math.min(
    MOST_DELAY,
    Math.max(LEAST_DELAY, untilLoadIsSeen(ahead, stepMinutes) + DEADLINE_MINUTES),
  );
  return { percent, canary, delay, looks: looksFor(size) };
}

function untilLoadIsSeen(ahead: readonly Utilisation[], stepMinutes: Minutes): Minutes {
  if (ahead.length === 0) return USUAL_DELAY - DEADLINE_MINUTES;
  const load = Math.max(LEAST_LOAD, LOAD_SHARE * Math.max(...ahead));
  let seen = 0;
  for (const [index, utilisation] of ahead.entries()) {
    if (utilisation >= load) seen += stepMinutes;
    if (seen >= WANTED_LOAD_MINUTES) return (index + 1) * stepMinutes;
  }
  return MOST_DELAY;
}

/** Few instances leave few degrees of freedom: dividing the error among several looks would leave none of them able to decide. */
function looksFor(size: Instances): number {
  if (size >= 10) return 4;
  return size >= 6 ? 2 : 1;
}
