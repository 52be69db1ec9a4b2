import type { Minute } from '@evenkeel/core/quantities';

/**
 * Demand as a function of time: capacity units at a minute, or a factor where it multiplies another shape.
 * Shapes are pure: the same minute always gives the same value, whatever was asked before.
 */
export type DemandShape = (at: Minute) => number;

/** The same demand at all times. */
export function steady(units: number): DemandShape {
  return () => units;
}

/** Demands that come on top of each other. */
export function sum(...shapes: readonly DemandShape[]): DemandShape {
  return (at) => shapes.reduce((total, shape) => total + shape(at), 0);
}

/** A demand and the factors on it. */
export function product(...shapes: readonly DemandShape[]): DemandShape {
  return (at) => shapes.reduce((total, shape) => total * shape(at), 1);
}

/** The shape's values of minutes `from` (inclusive) … `to` (exclusive); below zero counts as zero. */
export function renderDemand(shape: DemandShape, from: Minute, to: Minute): Float64Array {
  const values = new Float64Array(Math.max(0, to - from));
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, shape((from + i) as Minute));
  return values;
}
