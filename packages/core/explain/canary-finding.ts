import { number, percent } from './in-words.ts';
import type { CanaryFinding } from './shape-decisions.ts';

type Dimension = CanaryFinding['dimension'];

/** What each figure is of. */
export const CANARY_FIGURES: Readonly<Record<Dimension, string>> = {
  work: 'the work per vCPU against the old type',
  latency: "the time of a request against the old instances'",
  errors: 'the share of requests that fail beyond what fails on the old instances',
  memory: 'the share of memory that will be in use',
  health: 'the share of the new instances that is sick',
};

const NAMES: Readonly<Record<Dimension, string>> = {
  work: 'work per vCPU',
  latency: 'latency',
  errors: 'errors',
  memory: 'memory',
  health: 'health',
};

/** `latency 1.62 x (at most 1.25 x)`; where there is no figure, why. */
export function findingInWords({ dimension, outcome, measured, limit }: CanaryFinding): string {
  const name = NAMES[dimension];
  if (outcome === 'not-measured') return `${name} not measured`;
  if (measured === undefined) return `${name} not comparable`;
  const bound = dimension === 'work' ? 'at least' : 'at most';
  const allowed = limit === undefined ? [] : [`${bound} ${figure(dimension, limit)}`];
  const notes = [...allowed, ...(outcome === 'unclear' ? ['not clear'] : [])];
  return `${name} ${figure(dimension, measured)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function figure(dimension: Dimension, value: number): string {
  if (dimension === 'work' || dimension === 'latency') return `${number(value, 2)} x`;
  return dimension === 'errors' ? `${percent(value, 1)} more` : percent(value);
}
