import { uncensored } from '../demand/uncensored.ts';
import type { Profile } from '../forecast/profile.ts';
import type { Window } from '../forecast/window.ts';
import { floorNow } from '../plan/floors-ahead.ts';
import {
  type Instances,
  MINUTES_PER_DAY,
  type Minute,
  TICK_MINUTES,
  type Utilisation,
} from '../quantities.ts';
import type { Policy, View } from './kernel.ts';
import { createTargetTracking, retarget, type TargetTracking } from './target-tracking.ts';
import { conclude, NO_PACING, type Pacing } from './tournament/hold-tournament.ts';
import { createTournament, playDay, type Tournament } from './tournament/tournament.ts';
import { readAndWish } from './track.ts';
import type { World } from './world.ts';

export interface EvenkeelOptions {
  readonly world: World;
  readonly lossFactor: number;
  /** Whole days it will run at most. */
  readonly days: number;
  readonly ownTarget?: Utilisation;
  readonly pacing?: Pacing;
  /** Called after every nightly review. */
  readonly onReview?: (profile: Profile, minute: number) => void;
}

/**
 * Evenkeel as one policy: a nightly review on the visible demand of its own run, at the first tick of the day, and a
 * tick in every minute divisible by 5 whose floor is in force from the next minute on (World.floorDelay).
 */
export function evenkeel(options: EvenkeelOptions): Policy {
  const { world, lossFactor, days, ownTarget = 0.5, pacing = NO_PACING, onReview } = options;
  const tracking = createTargetTracking(Math.min(ownTarget, world.sloUtilisation));
  const tournament = createTournament({ world, start: 0 as Minute, days });
  let profile: Profile | undefined;
  let floor: Instances = 0;
  let decided: Instances = 0;
  let inForceFrom = Number.POSITIVE_INFINITY;
  return {
    wish: (minute, view) => {
      if (minute >= inForceFrom) {
        floor = decided;
        inForceFrom = Number.POSITIVE_INFINITY;
      }
      const size = Math.max(readAndWish(tracking, minute, view), floor);
      if (minute % TICK_MINUTES !== 0) return size;
      if (reviewIsDue(tournament, view)) {
        review(tournament, view);
        profile = conclude(tournament, {
          lossFactor,
          ownTarget,
          pacing,
          ...(profile && { previous: profile }),
        }).profile;
        adopt(tracking, profile.strategy.target, view);
        onReview?.(profile, minute);
      }
      if (profile && view.newest >= 0) {
        decided = floorNow(profile, windowOf(view, minute, profile));
        inForceFrom = minute + world.floorDelay;
      }
      return size;
    },
  };
}

/** A day that can be read to its end has not been played yet. */
function reviewIsDue(tournament: Tournament, view: View): boolean {
  return view.newest + 1 >= (tournament.days + 1) * MINUTES_PER_DAY;
}

function review(tournament: Tournament, view: View): void {
  const from = tournament.days * MINUTES_PER_DAY;
  const { visible, inService, newest } = view;
  const asked = uncensored(visible.subarray(from, newest + 1), inService.subarray(from, newest + 1));
  playDay(tournament, visible.subarray(from, from + MINUTES_PER_DAY), asked.subarray(0, MINUTES_PER_DAY));
}

function adopt(tracking: TargetTracking, target: Utilisation, view: View): void {
  const to = view.newest + 1;
  retarget(tracking, target, {
    visible: view.visible.subarray(to - 15, to),
    inService: view.inService.subarray(to - 15, to),
  });
}

function windowOf(view: View, minute: number, profile: Profile): Window {
  return {
    values: view.visible,
    inService: view.inService[view.newest]!,
    start: 0 as Minute,
    end: view.newest + 1,
    now: minute as Minute,
    lead: profile.lead,
  };
}
