import type { Excuse } from '@evenkeel/core/explain';
import { type Instances, MINUTES_PER_DAY, type Minute, type Minutes } from '@evenkeel/core/quantities';
import { type AccountRollouts, mayBegin } from '@evenkeel/core/rollout';
import type { Document, Documents } from '../ports/index.ts';
import { minuteNow, type Rollout, type RolloutOrder } from './deps.ts';

/** A rollout that was begun, kept so that it is brought to its end even if its own process is not (S19). */
export interface RolloutRecord extends RolloutOrder {
  readonly state: 'running' | 'ended';
  /** MinSize that it needs before the first instance is replaced, once that was decided. */
  readonly floor?: Instances;
  /** The refresh, once it was started. */
  readonly refresh?: string;
  readonly startedAt?: Minute;
  /** Whether the canary has been judged good. */
  readonly goesOn?: boolean;
  /** The execution that has it. */
  readonly execution: string;
  /** When its own process was last seen at work. */
  readonly seenAt: Minute;
}

const ROLLOUTS = 'rollouts';
const ACCOUNTS = 'rollout-accounts';
const ATTEMPTS = 5;

async function update<Value>(
  documents: Documents,
  at: { readonly collection: string; readonly key: string; readonly expires?: Minute },
  change: (before: Value | undefined) => Value | undefined,
): Promise<Value | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before: Document<Value> | undefined = await documents.read<Value>(at.collection, at.key);
    const after = change(before?.value);
    if (after === undefined) return before?.value;
    const how = {
      expected: before?.version ?? 0,
      ...(at.expires !== undefined && { expires: at.expires }),
    };
    if (await documents.write(at.collection, at.key, after, how)) return after;
  }
  throw new Error(`${at.collection} ${at.key} is being changed by somebody else all the time; try again`);
}

/**
 * S24: takes a place among the account's rollouts, or says why there is none. Taking it twice is once.
 * @param running vCPUs that run in the group's region: those of the account are no fewer
 */
export async function claim(rollout: Rollout, running: number): Promise<Excuse | undefined> {
  const { plan, ref, settings } = rollout;
  const accountVcpus = Math.max(settings.accountVcpus, running);
  const candidate = { id: plan.id, vcpus: plan.from.count * plan.vcpus.old };
  let refused: Excuse | undefined;
  await update<AccountRollouts>(
    rollout.ports.documents,
    { collection: ACCOUNTS, key: ref.account },
    (before = { underWay: [], endedWell: 0 }) => {
      refused = mayBegin(before, candidate, accountVcpus);
      if (refused || before.underWay.some(({ id }) => id === plan.id)) return undefined;
      return { ...before, underWay: [...before.underWay, candidate] };
    },
  );
  return refused;
}

/** Gives the place back; ending well counts once. */
export async function release(rollout: Rollout, endedWell: boolean): Promise<void> {
  const { plan, ref } = rollout;
  await update<AccountRollouts>(
    rollout.ports.documents,
    { collection: ACCOUNTS, key: ref.account },
    (before) => {
      if (!before?.underWay.some(({ id }) => id === plan.id)) return undefined;
      return {
        underWay: before.underWay.filter(({ id }) => id !== plan.id),
        endedWell: before.endedWell + (endedWell ? 1 : 0),
      };
    },
  );
}

/** What has ended is remembered for so long: by then nothing that was started for it can come late any more. */
const REMEMBERED: Minutes = 60 * MINUTES_PER_DAY;

/** Notes how far the rollout is. */
export async function note(
  rollout: Rollout,
  fields: Partial<Omit<RolloutRecord, keyof RolloutOrder | 'seenAt'>>,
): Promise<void> {
  const { plan, ref } = rollout;
  const expires = (minuteNow(rollout) + REMEMBERED) as Minute;
  await update<RolloutRecord>(
    rollout.ports.documents,
    { collection: ROLLOUTS, key: plan.id, ...(fields.state === 'ended' && { expires }) },
    (before = { plan, ref, state: 'running', execution: rollout.execution, seenAt: minuteNow(rollout) }) => {
      // What has ended stays so: a late look of a process that was thought dead changes nothing.
      return before.state === 'ended' ? undefined : { ...before, ...fields, seenAt: minuteNow(rollout) };
    },
  );
}

/** Takes the plan for this execution; false where another one has it, or had. Taking it twice is once. */
export async function take(rollout: Rollout): Promise<boolean> {
  await note(rollout, {});
  return !(await isAnothers(rollout));
}

/** Takes a plan that has to wait off the register: nothing was written for it, and who waits long is not to be taken for dead. */
export async function withdraw({ ports: { documents }, plan, execution }: Rollout): Promise<void> {
  const known = await documents.read<RolloutRecord>(ROLLOUTS, plan.id);
  if (known?.value.state !== 'running' || known.value.execution !== execution) return;
  await documents.remove(ROLLOUTS, plan.id, known.version);
}

/** Whether another execution has the plan, or had. */
export async function isAnothers({ ports, plan, execution }: Rollout): Promise<boolean> {
  const known = await recordOf(ports.documents, plan.id);
  return known !== undefined && known.execution !== execution;
}

export async function recordOf(documents: Documents, id: string): Promise<RolloutRecord | undefined> {
  return (await documents.read<RolloutRecord>(ROLLOUTS, id))?.value;
}

const MOST_LISTED = 10_000;

export async function runningRollouts(documents: Documents): Promise<readonly RolloutRecord[]> {
  const all = await documents.list<RolloutRecord>(ROLLOUTS, MOST_LISTED);
  return all.map(({ value }) => value).filter(({ state }) => state === 'running');
}
