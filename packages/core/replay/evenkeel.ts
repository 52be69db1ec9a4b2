import type { DemandSeries } from '../demand/series.ts';
import { uncensored } from '../demand/uncensored.ts';
import type { Profile } from '../forecast/profile.ts';
import type { Strategy } from '../forecast/strategy.ts';
import { RECENT_MINUTES, type Window } from '../forecast/window.ts';
import type { FloorSchedule } from '../plan/floor-schedule.ts';
import { floorNow, floorsAhead } from '../plan/floors-ahead.ts';
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

/** The owner's own configuration in the benchmark. */
export const OWN_TARGET: Utilisation = 0.5;

export interface EvenkeelOptions {
  readonly world: World;
  readonly lossFactor: number;
  /** Whole days it will run at most. */
  readonly days: number;
  readonly ownTarget?: Utilisation;
  /** The strategies that may be chosen; all where not given. */
  readonly strategies?: readonly Strategy[];
  readonly pacing?: Pacing;
  readonly outage?: Outage;
  /** Called after every nightly review. */
  readonly onReview?: (profile: Profile, minute: number) => void;
}

/** Evenkeel stands still from minute `from` on: no review, no tick; what it wrote goes on by itself. */
export interface Outage {
  readonly from: number;
  readonly minutes: number;
}

/** S8: a tuned target is a lease, renewed nightly and due this long after. */
const LEASE_MINUTES = 1800;

interface State {
  readonly options: EvenkeelOptions;
  readonly ownTarget: Utilisation;
  readonly tracking: TargetTracking;
  readonly tournament: Tournament;
  profile: Profile | undefined;
  leaseDue: number;
  /** The floor in force, and the one decided at the last tick with the minute from which it is in force. */
  floor: Instances;
  decided: Instances;
  inForceFrom: number;
  /** The plan as it stood when an outage began. */
  written: FloorSchedule | undefined;
}

/**
 * Evenkeel as one policy: a nightly review on the visible demand of its own run, at the first tick of the day, and a
 * tick in every minute divisible by 5 whose floor is in force from the next minute on (World.floorDelay).
 */
export function evenkeel(options: EvenkeelOptions): Policy {
  const { world, days, ownTarget = OWN_TARGET, outage, strategies } = options;
  const state: State = {
    options,
    ownTarget: Math.min(ownTarget, world.sloUtilisation),
    tracking: createTargetTracking(Math.min(ownTarget, world.sloUtilisation)),
    tournament: createTournament({ world, start: 0 as Minute, days, ...(strategies && { strategies }) }),
    profile: undefined,
    leaseDue: Number.POSITIVE_INFINITY,
    floor: 0,
    decided: 0,
    inForceFrom: Number.POSITIVE_INFINITY,
    written: undefined,
  };
  return {
    wish: (minute, view) => {
      if (outage && minute >= outage.from && minute < outage.from + outage.minutes) {
        standStill(state, minute, view);
      } else if (minute >= state.inForceFrom) {
        state.floor = state.decided;
        state.inForceFrom = Number.POSITIVE_INFINITY;
      }
      const size = Math.max(readAndWish(state.tracking, minute, view), state.floor);
      const isUp = !outage || minute < outage.from || minute >= outage.from + outage.minutes;
      if (isUp && minute % TICK_MINUTES === 0) tick(state, minute, view);
      return size;
    },
  };
}

function tick(state: State, minute: number, view: View): void {
  const { world, lossFactor, pacing = NO_PACING, onReview, outage } = state.options;
  while (reviewIsDue(state.tournament, view)) {
    review(state.tournament, view);
    const previous = state.profile && { previous: state.profile };
    const plan = outage !== undefined && outage.from < minute + MINUTES_PER_DAY + TICK_MINUTES;
    const input = { lossFactor, ownTarget: state.ownTarget, pacing, plan, ...previous };
    state.profile = conclude(state.tournament, input).profile;
    state.leaseDue = minute + LEASE_MINUTES;
    adopt(state.tracking, state.profile.strategy.target, view);
    onReview?.(state.profile, minute);
  }
  if (!state.profile || view.newest < 0) return;
  state.decided = floorNow(state.profile, windowOf(view, minute, state.profile));
  state.inForceFrom = minute + world.floorDelay;
  if (outage && minute < outage.from && minute + TICK_MINUTES >= outage.from) {
    state.written = floorsAhead(state.profile, recentOf(view), minute as Minute);
  }
}

/** The plan's floors to its end, then home; the owner's target when the lease is due. */
function standStill(state: State, minute: number, view: View): void {
  const { written } = state;
  if (minute === state.leaseDue) adopt(state.tracking, state.ownTarget, view);
  state.floor = written ? (written.floors[Math.floor((minute - written.from) / TICK_MINUTES)] ?? 0) : 0;
  state.inForceFrom = Number.POSITIVE_INFINITY;
}

/** The demand a tick reads, as it would be read live. */
function recentOf({ newest, visible, inService }: View): DemandSeries {
  const start = Math.max(0, newest + 1 - RECENT_MINUTES);
  return {
    start: start as Minute,
    values: visible.slice(start, newest + 1),
    inService: inService.slice(start, newest + 1),
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
