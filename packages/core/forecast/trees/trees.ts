import { quantileInPlace } from '../../demand/quantile.ts';
import { TICKS_PER_DAY } from '../../quantities.ts';
import { type Lesson, type Past, QUANTILES, type SignedForecaster } from '../forecaster.ts';
import type { Grove } from './grove.ts';
import { sumOf } from './grove.ts';
import { binSigns, growGrove } from './grow-grove.ts';
import { demandOf, LEVEL_SIGN, logOf, readSigns, SIGNS } from './signs.ts';

/** A grove stands for each of these quantiles; the others of QUANTILES lean on the nearest. */
const GROVES = [0.5, 0.8, 0.95] as const;
const NEAREST = [0, 0, 1, 1, 2, 2, 2] as const;
const LEARNING_DAYS = 28;
const MARGIN_DAYS = 14;
/** Ticks of a day at least before margins are taken. */
const LEAST_TICKS = TICKS_PER_DAY;
/** Groves are grown anew when history is this much longer, at the latest after so many days. */
const GROWTH = 1;
const LONGEST_DAYS = 8;
const FIRST_DAYS = 2;

/**
 * Boosted trees on what a tick can see. They say what a launch asked for now would have to serve: a burst that will be over
 * before it serves is no reason to launch.
 */
export const treesForecaster: SignedForecaster = {
  name: 'trees',
  signs: SIGNS + GROVES.length,
  learn: (past, before) => {
    const groves = isDue(past.days, before) ? grown(past) : before;
    return { ...groves, margins: margins(past) };
  },
  read: readSigns,
  say: (lesson, row, out) => {
    const level = row[LEVEL_SIGN]!;
    for (let g = 0; g < GROVES.length; g++) {
      const grove = groveIn(lesson, g);
      row[SIGNS + g] = grove ? level + sumOf(grove, row) : Number.NaN;
    }
    for (let k = 0; k < QUANTILES.length; k++) {
      const log = row[SIGNS + NEAREST[k]!]!;
      out[k] = demandOf(Number.isNaN(log) ? level : log + (lesson.margins?.[k] ?? 0));
    }
    return out[1]!;
  },
  partFor: (lesson, k) => {
    const part: Record<string, readonly number[]> = { margins: lesson.margins ?? [] };
    for (const piece of GROVE_PIECES) {
      const name = `${piece}${NEAREST[k]!}`;
      const numbers = lesson[name];
      if (numbers) part[name] = numbers;
    }
    return part;
  },
  forecast: (lesson, window, out) => {
    readSigns(window, scratch);
    return treesForecaster.say(lesson, scratch, out);
  },
};

const GROVE_PIECES = ['base', 'splits', 'thresholds', 'leaves'] as const;

const scratch = new Float32Array(SIGNS + GROVES.length);

function isDue(days: number, before: Lesson): boolean {
  const at = before.grownAt?.[0];
  if (at === undefined) return days >= FIRST_DAYS;
  return days - at >= Math.min(LONGEST_DAYS, Math.ceil(at * GROWTH));
}

function grown(past: Past): Lesson {
  const { rows } = past;
  const width = treesForecaster.signs;
  const from = Math.max(1, past.days - LEARNING_DAYS) * TICKS_PER_DAY;
  let to = past.days * TICKS_PER_DAY;
  while (to > from && Number.isNaN(past.servable[to - 1]!)) to--;
  const binned = binSigns({ rows, width, signs: SIGNS, from, to });
  const wanted = new Float64Array(to - from);
  for (let i = 0; i < wanted.length; i++)
    wanted[i] = logOf(past.servable[from + i]!) - rows[(from + i) * width + LEVEL_SIGN]!;
  const lesson: Record<string, readonly number[]> = { grownAt: [past.days] };
  GROVES.forEach((q, g) => {
    const grove = growGrove(binned, wanted, q);
    lesson[`base${g}`] = [grove.base];
    lesson[`splits${g}`] = grove.splits;
    lesson[`thresholds${g}`] = grove.thresholds;
    lesson[`leaves${g}`] = grove.leaves;
  });
  return lesson;
}

function groveIn(lesson: Lesson, g: number): Grove | undefined {
  const base = lesson[`base${g}`]?.[0];
  if (base === undefined) return undefined;
  return {
    base,
    splits: lesson[`splits${g}`]!,
    thresholds: lesson[`thresholds${g}`]!,
    leaves: lesson[`leaves${g}`]!,
  };
}

/** Quantiles of what came above what the nearest grove said, in hundredths of a logarithm. */
function margins({ rows, servable, days }: Past): readonly number[] {
  const width = treesForecaster.signs;
  const first = Math.max(FIRST_DAYS, days - MARGIN_DAYS) * TICKS_PER_DAY;
  const counts = GROVES.map(() => 0);
  const above = GROVES.map(() => new Float64Array(MARGIN_DAYS * TICKS_PER_DAY));
  for (let tick = first; tick < days * TICKS_PER_DAY; tick++) {
    const log = logOf(servable[tick]!);
    for (let g = 0; g < GROVES.length; g++) {
      const value = log - rows[tick * width + SIGNS + g]!;
      if (!Number.isNaN(value)) above[g]![counts[g]!++] = value;
    }
  }
  return QUANTILES.map((q, k) => {
    const count = counts[NEAREST[k]!]!;
    return count >= LEAST_TICKS ? quantileInPlace(above[NEAREST[k]!]!, count, q) : 0;
  });
}
