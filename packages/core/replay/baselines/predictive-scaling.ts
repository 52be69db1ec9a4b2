import { ceilInstances, MINUTES_PER_DAY, type Utilisation } from '../../quantities.ts';
import type { Policy, View } from '../kernel.ts';
import { createTargetTracking } from '../target-tracking.ts';
import { readAndWish } from '../track.ts';
import type { World } from '../world.ts';

const FORECAST_EVERY = 360;
const FORECAST_HOURS = 48;
const DAYS_BACK = 14;
const DECAY = 0.8;
const SAME_WEEKDAY = 3;
/** AWS's default SchedulingBufferTime: capacity is launched this much ahead, besides its start-up. */
const BUFFER = 5;

/**
 * Target tracking over a floor in the manner of AWS predictive scaling: hourly forecasts of visible demand, made every
 * 6 hours for 48 hours, from the same hour of the last 14 days; recent days and the same weekday weigh more.
 */
export function predictiveScaling(world: World, target: Utilisation): Policy {
  const tracking = createTargetTracking(target);
  const hours: number[] = [];
  let forecast: Float64Array = new Float64Array(0);
  let firstHour = 0;
  return {
    wish: (minute, view) => {
      const size = readAndWish(tracking, minute, view);
      if (minute < MINUTES_PER_DAY) return size;
      if (minute % FORECAST_EVERY === 0) {
        readHours(hours, view);
        firstHour = Math.floor(minute / 60);
        forecast = forecastHours(hours, firstHour);
      }
      const now = forecast[Math.floor(minute / 60) - firstHour]!;
      const ahead = forecast[Math.floor((minute + world.startup + BUFFER) / 60) - firstHour]!;
      const floor = ceilInstances(Math.max(now, ahead) / target);
      return Math.max(floor, size);
    },
  };
}

/** Appends the means of the hours that have become wholly readable. */
function readHours(hours: number[], view: View): void {
  for (let hour = hours.length; hour * 60 + 59 <= view.newest; hour++) {
    let sum = 0;
    for (let m = hour * 60; m < hour * 60 + 60; m++) sum += view.visible[m]!;
    hours.push(sum / 60);
  }
}

function forecastHours(hours: readonly number[], firstHour: number): Float64Array {
  const forecast = new Float64Array(FORECAST_HOURS);
  for (let ahead = 0; ahead < FORECAST_HOURS; ahead++) {
    let sum = 0;
    let weights = 0;
    for (let back = 1; back <= DAYS_BACK; back++) {
      const value = hours[firstHour + ahead - 24 * back];
      if (value === undefined) continue;
      const weight = DECAY ** (back - 1) * (back % 7 === 0 ? SAME_WEEKDAY : 1);
      sum += weight * value;
      weights += weight;
    }
    forecast[ahead] = weights > 0 ? sum / weights : 0;
  }
  return forecast;
}
