/**
 * Compositions, 48 at a time: what is in a trace, and how much of it, is drawn, so that nobody chose what goes together. The name tells
 * the minutes between rows, the days and what was drawn.
 */
import { hole, limit, noise, shift, trend } from './compositions/changes.ts';
import { drawFrom } from './compositions/draw.ts';
import { base, crowds, jobs, onOff, spikes } from './compositions/sources.ts';
import { DAY } from './demand.ts';
import { seeded } from './random.ts';
import type { UnseenTrace } from './trace.ts';

const COUNT = 48;

/** A Monday. */
const START = Date.parse('2022-02-07T00:00:00Z');

/** The first compositions, one after the other, the same at every call: the mends of late were found and weighed on them. */
export function compositions(): Generator<UnseenTrace> {
  return drawn(0);
}

/**
 * The next compositions, which were first looked at when all rules stood. Whoever changes a rule after a look at these
 * takes the ones after them for fresh.
 */
export function freshCompositions(): Generator<UnseenTrace> {
  return drawn(COUNT);
}

function* drawn(first: number): Generator<UnseenTrace> {
  for (let index = first; index < first + COUNT; index++) yield composition(index);
}

function composition(index: number): UnseenTrace {
  const draw = drawFrom(seeded(777 + index * 104_729));
  // In the order in which they are drawn, which is that of the name.
  const drawn = {
    base: base(draw),
    jobs: jobs(draw),
    noise: noise(draw),
    crowds: crowds(draw),
    spikes: spikes(draw),
    trend: trend(draw),
    shift: shift(draw),
    hole: hole(draw),
    onOff: onOff(draw),
    limit: limit(draw),
  };
  const sources = [drawn.base, drawn.jobs, drawn.onOff, drawn.crowds, drawn.spikes];
  const applied = [...sources, drawn.trend, drawn.shift, drawn.hole, drawn.noise, drawn.limit];
  const minutes = Array.from({ length: (draw.days * DAY) / draw.step }, (_, row) => row * draw.step);
  const values = minutes.map((minute) => {
    const demand = applied.reduce((sum, { apply }) => apply(sum, minute), 0);
    return (demand * 100).toFixed(3);
  });
  const tags = Object.values(drawn).flatMap(({ tag }) => tag ?? []);
  const number = String(index).padStart(2, '0');
  const name = [`r${number}`, `${draw.step}m`, `${draw.days}d`, ...tags].join('-');
  return { name, start: START, minutes, values };
}
