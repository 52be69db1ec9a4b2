import { type Instances, MINUTES_PER_WEEK, type Minute } from '@evenkeel/core/quantities';
import type { DemandReading, Headroom, Limits } from '../ports/index.ts';
import { type Run, remember } from '../run/run.ts';

/**
 * Once a night: how many instances of the group the account's vCPU quota and its subnets allow, for the ticks of the next day to compare the
 * plan with. What cannot be read says nothing.
 */
export async function noteHeadroom(run: Run, own: DemandReading): Promise<void> {
  const { group, ports, minute } = run;
  if (ports.headroom === undefined) return;
  const since = (minute - MINUTES_PER_WEEK) as Minute;
  const { instanceTypes: types, spotShare } = group.shape;
  try {
    const headroom = await ports.headroom({ ref: group.ref, types, spotShare, since });
    remember(run, { limits: limitsOf(run, headroom, peakSince(own, since)) });
  } catch {
    // A limit nobody can read is no limit to warn of; what was read last is too old to go by.
    remember(run, { limits: undefined });
  }
}

function limitsOf(run: Run, { vcpus, subnets }: Headroom, ownPeak: Instances): Limits {
  const { group, minute } = run;
  const now = Math.max(group.desired, group.inService + group.starting);
  // The account's own peak has all others in it as they usually are together: only what is beyond it is new.
  const spare = vcpus && Math.floor((vcpus.allowed - vcpus.peak) / vcpus.perInstance);
  return {
    readAt: minute,
    ...(vcpus &&
      spare !== undefined && {
        vcpus: {
          allows: Math.max(now, Math.max(ownPeak, now) + spare),
          perInstance: vcpus.perInstance,
          quota: { name: vcpus.quota, code: vcpus.code, allowed: vcpus.allowed },
        },
      }),
    ...(subnets && {
      subnets: { allows: now + subnets.reduce((sum, { free }) => sum + free, 0), free: subnets },
    }),
  };
}

/** The most instances the group had in service in the time that the account's peak was looked for in. */
function peakSince({ demand, inService }: DemandReading, since: Minute): Instances {
  let peak = 0;
  for (let index = Math.max(0, since - demand.start); index < inService.length; index++) {
    if (inService[index]! > peak) peak = inService[index]!;
  }
  return peak;
}
