/** Ingredients that change the demand of the others. */
import { DAY } from '../demand.ts';
import { autoregressive } from '../random.ts';
import { ABSENT, type Draw, type Ingredient } from './draw.ts';

/** Log-normal noise of mean 1, from hardly any to more than the day. */
export function noise({ random, oneOf, between }: Draw): Ingredient {
  const sd = oneOf([0.02, 0.06, 0.15, 0.4]) * between(0.7, 1.3);
  const memory = oneOf([0.3, 0.7, 0.95]);
  const next = autoregressive(random, { sd, memory }, 0);
  return { tag: `n${sd.toFixed(2)}`, apply: (demand) => demand * Math.exp(next() - (sd * sd) / 2) };
}

/** Growth or decline by up to three per cent a day. */
export function trend({ chance, between }: Draw): Ingredient {
  if (!chance(0.25)) return ABSENT;
  const perDay = between(-0.03, 0.035);
  return { tag: 'trend', apply: (demand, minute) => demand * Math.exp(perDay * (minute / DAY)) };
}

/** A step in the second half of the trace, up or down. */
export function shift({ chance, between, days }: Draw): Ingredient {
  if (!chance(0.3)) return ABSENT;
  const at = between(0.5, 0.9) * days * DAY;
  const factor = chance(0.6) ? between(1.3, 3) : between(0.2, 0.7);
  return {
    tag: `shift${factor.toFixed(1)}`,
    apply: (demand, minute) => (minute > at ? demand * factor : demand),
  };
}

/** An outage of minutes to hours in the second half, and the clients that try again after it. */
export function hole({ chance, between, days }: Draw): Ingredient {
  if (!chance(0.25)) return ABSENT;
  const at = between(0.55, 0.95) * days * DAY;
  const length = between(10, 300);
  const storm = between(0, 1.5);
  return {
    tag: 'hole',
    apply: (demand, minute) => {
      const since = minute - at;
      if (since < 0) return demand;
      return demand * (since < length ? 0.01 : 1 + storm * Math.exp(-(since - length) / 30));
    },
  };
}

/** A limit that the demand cannot pass: what stands in front of it lets no more through. */
export function limit({ chance, between }: Draw): Ingredient {
  if (!chance(0.2)) return ABSENT;
  const most = between(0.5, 1) * 1.3;
  return { tag: 'clip', apply: (demand) => Math.min(demand, most) };
}
