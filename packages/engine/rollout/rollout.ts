import type { Excuse } from '@evenkeel/core/explain';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { Guard } from '@evenkeel/core/rollout';
import { isReady, notBegun, type Prepared, preflight, start } from './begin.ts';
import { conclude, type RolloutEnd } from './conclude.ts';
import { minuteNow, type Rollout, type RolloutDeps, type RolloutOrder, record } from './deps.ts';
import { look, nextLook, type Progress } from './follow.ts';
import { prepareInTurn } from './turn.ts';
import { notVerified, verify } from './verify.ts';

/** Guards take a few minutes until they are OK, and instances of a raised floor until they serve. */
const SETTLE: Minutes = 3;
/** The hold gives the owner's target back: what that makes the group launch is to be there before the canary, or it would be of the new shape. */
const FIRST_SETTLE: Minutes = 12;
const SETTLE_TIMES = 20;
/** AWS ends a refresh by itself after 14 days. */
const MOST_LOOKS = 14 * 24 * 4;

/**
 * Moves a group to another shape: preflight, approval, preflight again, canary, verdict, finish or back, and a day later whether it was worth
 * it. Every step reads before it writes and can be done twice; whatever becomes of the process, AWS brings the group to the old or the new
 * shape by itself.
 */
export async function rollout(order: RolloutOrder, deps: RolloutDeps): Promise<RolloutEnd> {
  const all: Rollout = { ...deps, ...order };
  const { steps } = deps;
  const first = await steps.step('preflight', () => preflight(all));
  if (first.another) return 'not-begun';
  if (first.excuses.length > 0) return endBefore(all, first.excuses, []);
  const approvedBy = first.needsApproval ? await approval(all) : { excuses: [] };
  if (approvedBy.excuses.length > 0) return endBefore(all, approvedBy.excuses, []);

  const prepared = await prepareInTurn(all);
  if (prepared.another) return 'not-begun';
  if (prepared.excuses.length > 0) return endBefore(all, prepared.excuses, []);
  await settle(all, prepared);
  const started = await steps.step('start', () => start(all, prepared));
  if (started.kind === 'refused') return endBefore(all, started.excuses, prepared.guards);
  await steps.step('tell-start', () => tellStart(all, prepared, approvedBy.by));

  const progress = await follow(all, prepared, { refresh: started.refresh, startedAt: started.at });
  const end = await steps.step('conclude', () => conclude(all, progress, prepared.guards));
  // A way back need not have been worth anything.
  if (end === 'finished' && order.plan.wayBackOf === undefined) await verifyLater(all);
  return end;
}

/** A day that says nothing is followed by another, three of them at most. */
const VERIFY_DAYS = 3;

async function verifyLater(all: Rollout): Promise<void> {
  const { steps, settings } = all;
  for (let day = 1; day <= VERIFY_DAYS; day++) {
    await steps.wait(`day ${day}`, settings.verifyAfter);
    if ((await steps.step(`verify ${day}`, () => verify(all, day === VERIFY_DAYS))) !== 'not-measured')
      return;
  }
  await steps.step('not-verified', () => notVerified(all));
}

async function endBefore(
  all: Rollout,
  excuses: readonly Excuse[],
  guards: readonly Guard[],
): Promise<RolloutEnd> {
  await all.steps.step('not-begun', async () => {
    await notBegun(all, excuses, guards);
    return 'not-begun';
  });
  return 'not-begun';
}

interface Answered {
  readonly excuses: readonly Excuse[];
  readonly by?: string;
}

/** Asks people and waits, days if need be; no answer is a no. */
async function approval(all: Rollout): Promise<Answered> {
  const { plan, ports, steps, settings } = all;
  await steps.waitForAnswer('approval', {
    minutes: settings.approvalMinutes,
    ask: (callback) => ask(all, callback),
    answered: async () => (await ports.approvals.read(plan.id))?.state !== 'open',
  });
  return steps.step('answer', async (): Promise<Answered> => {
    const answer = await ports.approvals.expire(plan.id, minuteNow(all));
    if (answer?.state === 'approved')
      return { excuses: [], ...(answer.by !== undefined && { by: answer.by }) };
    const said = answer?.state === 'rejected' ? `rejected by ${answer.by}` : 'nobody answered in time';
    return { excuses: [{ code: 'approval-missing', bottleneck: 'approval', facts: { answer: said } }] };
  });
}

async function ask(all: Rollout, callback: string | undefined): Promise<void> {
  const { plan, ports, settings } = all;
  const askedAt = minuteNow(all);
  const standing = await ports.approvals.ask({
    id: plan.id,
    askedAt,
    expires: (askedAt + settings.approvalMinutes) as Minute,
    ...(callback !== undefined && { callback }),
  });
  await record(
    all,
    'asked',
    {
      decision: {
        kind: 'shape-proposed',
        from: plan.from,
        to: plan.to,
        expected: plan.expected,
        performanceFactor: plan.promisedFactor,
        priceFactor:
          plan.usdPerInstanceHour.fresh / plan.vcpus.fresh / (plan.usdPerInstanceHour.old / plan.vcpus.old),
        asks: true,
        expires: standing.expires,
      },
      outcome: { kind: 'told', because: 'asks' },
    },
    plan.id,
  );
}

async function settle(all: Rollout, prepared: Prepared): Promise<void> {
  for (let i = 1; i <= SETTLE_TIMES; i++) {
    await all.steps.wait(`settle ${i}`, i === 1 ? FIRST_SETTLE : SETTLE);
    if (await all.steps.step(`ready ${i}`, () => isReady(all, prepared))) return;
  }
}

async function tellStart(all: Rollout, { checkpoint }: Prepared, approvedBy: string | undefined) {
  const { plan } = all;
  await record(all, 'shape-started', {
    decision: {
      kind: 'shape-started',
      rollout: plan.id,
      from: plan.from,
      to: plan.to,
      expected: plan.expected,
      canaryInstances: checkpoint.canary,
      measureFor: checkpoint.delay,
      ...(approvedBy !== undefined && { approvedBy }),
    },
  });
  return 'told';
}

const LAUNCH_PACE: Minutes = 5;
const MEASURE_PACE: Minutes = 10;
const FOLLOW_PACE: Minutes = 15;

async function follow(
  all: Rollout,
  prepared: Prepared,
  started: Pick<Progress, 'refresh' | 'startedAt'>,
): Promise<Progress> {
  let progress: Progress = { ...started, at: started.startedAt, looksTaken: 0 };
  for (let i = 1; i <= MOST_LOOKS && progress.ended === undefined; i++) {
    await all.steps.wait(`pause ${i}`, pauseOf(progress, prepared.checkpoint.looks));
    const before = progress;
    progress = await all.steps.step(`look ${i}`, () => look(all, prepared, before));
  }
  return progress;
}

function pauseOf(progress: Progress, looks: number): Minutes {
  if (progress.goesOn || progress.leaving !== undefined) return FOLLOW_PACE;
  if (progress.canarySince === undefined) return LAUNCH_PACE;
  const left = nextLook(progress, looks) - progress.at;
  return Math.max(1, Math.min(MEASURE_PACE, left));
}
