import { DAY_AHEAD_RULES } from '../../forecast/day-ahead.ts';
import { CELLS_PER_DAY } from '../../forecast/window.ts';
import { HIGHEST_NEED_FACTOR } from '../../plan/clamp-floors.ts';
import {
  ceilInstances,
  MINUTES_PER_DAY,
  type Minutes,
  TICK_MINUTES,
  type Utilisation,
} from '../../quantities.ts';
import { type DayPlayer, dayPlayer, floorsPerMinute, WARM_UP_MINUTES } from './play-day.ts';
import { highestNeed, leadOf, type Tournament } from './tournament.ts';

/** Days on which plans are judged: what a plan is good for changes faster than a strategy. */
const DAYS = 7;
const DECAY = 0.9;

/**
 * The highest demand of each 5 minutes of the two days to come (capacity units), by the rule and quantile whose plans,
 * written the night before, would have cost least on the last days with target tracking at `target` and no tick at
 * all. All 0 where no plan was the cheapest.
 */
export function bestAhead(tournament: Tournament, target: Utilisation, lossFactor: number): Float64Array {
  const { days } = tournament;
  const first = Math.max(1, days - DAYS);
  const judged = judgedDays(tournament, first);
  let best: Float64Array = new Float64Array(2 * CELLS_PER_DAY);
  let least = costOfPlans(tournament, judged, { target, lossFactor, plans: undefined });
  for (const rule of DAY_AHEAD_RULES) {
    const spoken = Array.from({ length: days - first + 1 }, (_, i) =>
      rule.ahead({ ...tournament, days: first + i }),
    );
    const coming = spoken.pop()!;
    coming.forEach((cells, k) => {
      const plans = spoken.map((ahead) => ahead[k]!);
      const cost = costOfPlans(tournament, judged, { target, lossFactor, plans });
      if (cost >= least) return;
      least = cost;
      best = cells;
    });
  }
  return best;
}

interface JudgedDay {
  readonly day: number;
  readonly player: DayPlayer;
  readonly weight: number;
}

function judgedDays({ days, world, values, recycle }: Tournament, first: number): readonly JudgedDay[] {
  return Array.from({ length: days - first }, (_, i) => ({
    day: first + i,
    player: dayPlayer(world, values, first + i, recycle),
    weight: DECAY ** (days - first - i),
  }));
}

function costOfPlans(
  tournament: Tournament,
  judged: readonly JudgedDay[],
  options: {
    readonly target: Utilisation;
    readonly lossFactor: number;
    /** Cells of each judged day; undefined: no plan at all. */
    readonly plans: readonly Float64Array[] | undefined;
  },
): number {
  const { world } = tournament;
  const { target, lossFactor, plans } = options;
  const ceiling = Math.min(world.bounds.max, ceilInstances(HIGHEST_NEED_FACTOR * highestNeed(tournament)));
  const out = new Uint16Array(MINUTES_PER_DAY + WARM_UP_MINUTES);
  const said = new Float64Array(tournament.days * CELLS_PER_DAY);
  let cost = 0;
  judged.forEach(({ day, player, weight }, i) => {
    if (plans) served(plans[i]!, leadOf(world), said.subarray(day * CELLS_PER_DAY));
    const floors = plans && floorsPerMinute({ world, said, day, ceiling, spared: 0, out });
    const { billed, shortage } = player.play(target, { floors });
    cost += weight * (billed + lossFactor * shortage);
  });
  return cost;
}

/** What the floor of each cell of a day must serve: the highest of the cells within its lead. */
function served(cells: Float64Array, lead: Minutes, out: Float64Array): void {
  const reach = Math.ceil(lead / TICK_MINUTES);
  for (let cell = 0; cell < Math.min(CELLS_PER_DAY, out.length); cell++) {
    let highest = 0;
    for (let i = cell; i <= Math.min(cells.length - 1, cell + reach); i++)
      highest = Math.max(highest, cells[i]!);
    out[cell] = highest;
  }
}
