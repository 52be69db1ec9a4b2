import { MINUTES_PER_WEEK } from '@evenkeel/core/quantities';
import * as z from 'zod/mini';

const Time = z.iso.datetime({
  offset: true,
  error: 'write a time with its zone, for example 2026-11-27T08:00:00Z',
});

/** The longest time one request may cover; longer needs are a matter of the tags. */
export const LONGEST_REQUEST_MINUTES = MINUTES_PER_WEEK;

/**
 * `Capacity Requested` on Evenkeel's own bus; anyone who may put events there may send it. Without `from` it holds at once. It always ends.
 * Either `factor` (demand as a multiple of the forecast) or `instances` (on top of the plan).
 */
export const CapacityRequestedDetail = z
  .strictObject({
    workload: z.string().check(z.minLength(1)),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    by: z.optional(z.string().check(z.maxLength(200))),
    from: z.optional(Time),
    until: z.optional(Time),
    minutes: z.optional(z.int().check(z.gte(1), z.lte(LONGEST_REQUEST_MINUTES))),
    factor: z.optional(z.number().check(z.gt(1), z.lte(20))),
    instances: z.optional(z.int().check(z.gte(1), z.lte(10_000))),
  })
  .check(
    z.refine(({ until, minutes }) => (until === undefined) !== (minutes === undefined), {
      error: 'give either until or minutes: a request always ends',
    }),
    z.refine(({ factor, instances }) => (factor === undefined) !== (instances === undefined), {
      error: 'give either factor (such as 1.5) or instances (such as 4)',
    }),
  );
