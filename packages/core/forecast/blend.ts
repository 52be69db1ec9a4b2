import { QUANTILES } from './forecaster.ts';

/** How fast weights follow regret; and how much less regret counts with every day. */
const RATE = 5;
const DECAY_PER_DAY = 0.95;
/** No forecaster's weight falls below this share, so that each can come back. */
const LEAST_WEIGHT = 1e-4;
/** Demand below this (capacity units) counts as this. */
const FAINT = 0.05;

/**
 * A blend of all forecasters, quantile by quantile: log forecast = sum of weight x log forecast of each. Weights are
 * learned online from how each forecaster would have changed the pinball loss of the blend (exponentiated gradient with
 * an adaptive rate, as in Bernstein online aggregation: Wintenberger, Optimal learning with Bernstein Online
 * Aggregation, 2017; Gaillard and Goude's R package opera). Its loss comes close to that of the best fixed blend.
 */
export interface Blend {
  readonly forecasters: number;
  /** weights[quantile * forecasters + forecaster]; each quantile's sum to 1. */
  readonly weights: Float64Array;
  readonly regrets: Float64Array;
  /** Per quantile: decayed sum of the largest squared regret of each tick. */
  readonly scale: Float64Array;
}

/** A blend in which all forecasters weigh the same. */
export function createBlend(forecasters: number): Blend {
  const size = QUANTILES.length * forecasters;
  return {
    forecasters,
    weights: new Float64Array(size).fill(1 / forecasters),
    regrets: new Float64Array(size),
    scale: new Float64Array(QUANTILES.length),
  };
}

/** What a blend says of a quantile where its forecasters say `said` (capacity units). */
export function blended(weights: ArrayLike<number>, said: ArrayLike<number>): number {
  let log = 0;
  for (let f = 0; f < said.length; f++) {
    if (weights[f]! > 0) log += weights[f]! * Math.log(Math.max(FAINT, said[f]!));
  }
  return Math.exp(log);
}

/** A day is over: older regret counts less. To be called before the day's ticks are learned from. */
export function fadeRegrets(blend: Blend): void {
  for (let i = 0; i < blend.regrets.length; i++) blend.regrets[i]! *= DECAY_PER_DAY;
  for (let k = 0; k < blend.scale.length; k++) blend.scale[k]! *= DECAY_PER_DAY;
}

/** Learns from one tick: for quantile number k the forecasters said `said`, and `came` came (capacity units). */
export function learnTick(blend: Blend, k: number, said: Float64Array, came: number): void {
  const { forecasters, weights, regrets, scale } = blend;
  const from = k * forecasters;
  const truth = Math.log(Math.max(FAINT, came));
  let blendSaid = 0;
  for (let f = 0; f < forecasters; f++) {
    said[f] = Math.log(Math.max(FAINT, said[f]!));
    blendSaid += weights[from + f]! * said[f]!;
  }
  const slope = (truth < blendSaid ? 1 : 0) - QUANTILES[k]!;
  let largest = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let f = 0; f < forecasters; f++) {
    const regret = slope * (blendSaid - said[f]!);
    regrets[from + f]! += regret;
    largest = Math.max(largest, Math.abs(regret));
    best = Math.max(best, regrets[from + f]!);
  }
  scale[k]! += largest * largest;
  const rate = RATE / Math.sqrt(scale[k]! + 1e-9);
  let total = 0;
  for (let f = 0; f < forecasters; f++) {
    weights[from + f] = Math.exp(rate * (regrets[from + f]! - best)) + LEAST_WEIGHT;
    total += weights[from + f]!;
  }
  for (let f = 0; f < forecasters; f++) weights[from + f]! /= total;
}
