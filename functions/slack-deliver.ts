import { entryOfEvent, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { doWork, openQuestions, showEnds, showOver } from '@evenkeel/slack/answers';
import { tellDirectly, undelivered, watchDelivery } from '@evenkeel/slack/delivery';
import type { Work } from '@evenkeel/slack/inbound';
import { endOfDay, weeklyDigest } from '@evenkeel/slack/reports';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { createStart } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { eachRecord } from './records.ts';
import { createSlackParts } from './slack/compose-slack.ts';

const start = createStart();
const { ports, ...parts } = createSlackParts(start, fetch);
/** What was said past the table while it was away; kept where Lambda keeps the process. */
const said = new Set<string>();

/** Changes that can be rolled back stand for weeks, each by itself: it is looked at them only now and then. */
const CHANGES_EVERY_MINUTES = 10;

/** What the schedules ask for. */
const Timer = z.object({ work: z.enum(['deliver', 'day', 'digest']), at: z.iso.datetime({ offset: true }) });
/** An event of Evenkeel's own bus. */
const BusEvent = z.object({ source: z.literal('evenkeel'), detail: z.unknown() });
/** Work behind an answer; it was checked before it went into the queue. */
const AnswerWork = z.object({
  id: z.string(),
  request: z.custom<Work['request']>(
    (value) => typeof value === 'object' && value !== null && 'kind' in value,
  ),
});

/** Tells in Slack what happened, does what was answered, and reports. Twice is once (S28). */
export const handler = frame(
  start,
  'slack-deliver',
  async (event: unknown, invocation): Promise<SQSBatchResponse | undefined> => {
    if (isBatch(event)) {
      const response = await eachRecord(event, (body) => take(body, invocation));
      // What was taken is taken: where it cannot be sent on just now, the schedule does it within a minute.
      await deliver(invocation).catch((error: unknown) =>
        invocation.log.error('messages could not be sent on', error as Error),
      );
      return response;
    }
    const { work, at } = Timer.parse(event);
    if (work === 'day') await sumUpDay(Math.floor(Date.parse(at) / 60_000) as Minute);
    if (work === 'digest') await tellWeek();
    await showEnds(parts.answering);
    await showOver(parts.answering);
    if (Math.floor(Date.parse(at) / 60_000) % CHANGES_EVERY_MINUTES === 0)
      await showOver(parts.answering, 'rolls-back');
    await deliver(invocation);
    return undefined;
  },
);

async function take(body: unknown, { count, log, now }: Invocation): Promise<void> {
  const answer = AnswerWork.safeParse(body);
  if (answer.success) return doWork(parts.answering, answer.data);
  const event = BusEvent.safeParse(body);
  const entry = event.success ? entryOfEvent(event.data.detail) : undefined;
  if (entry !== undefined) return queueOrSay(entry, now);
  count('EventsUnknown');
  log.warn('a message is neither an event of this version nor an answer');
}

/** The queue is in the table: that the table is away has to be said without it. */
async function queueOrSay(entry: LedgerEntry, now: Instant): Promise<void> {
  try {
    await parts.outbox.queueEntries([entry], now);
  } catch (error) {
    const { transport, channel } = parts;
    if (!(await tellDirectly(entry, { transport, channel, said }))) throw error;
  }
}

async function deliver({ count, log, now }: Invocation): Promise<void> {
  const { told, givenUp, left, stopped, refused } = await parts.deliver();
  count('MessagesTold', told);
  count('MessagesGivenUp', givenUp);
  count('MessagesWaiting', left);
  if (stopped !== undefined) log.warn(`Slack is left alone for now: ${stopped}`);
  if (refused !== undefined) log.warn(`Slack did not take a message: ${refused}`);
  const { documents, outbox } = parts.answering;
  await watchDelivery(
    { documents, outbox, ledger: ports.ledger, notices: ports.notices },
    now,
    stopped ?? refused,
  );
}

/** The schedule runs just after midnight: the day that ended. */
async function sumUpDay(at: Minute): Promise<void> {
  const workloads = await workloadNames();
  await endOfDay(
    { ledger: ports.ledger, outbox: parts.outbox },
    { workloads, now: start.timing.now(), day: (at - MINUTES_PER_DAY / 2) as Minute },
  );
}

async function tellWeek(): Promise<void> {
  const workloads = await workloadNames();
  const waiting = [];
  for (const workload of workloads) {
    for (const { entry, line } of await openQuestions(parts.answering, workload))
      waiting.push({ id: entry.id, workload, line });
  }
  const { documents, outbox } = parts.answering;
  const lost = await undelivered({ documents, outbox, transport: parts.transport, clock: start.timing });
  const entry = await weeklyDigest({
    ledger: ports.ledger,
    workloads,
    now: start.timing.now(),
    waiting,
    undelivered: lost,
  });
  await ports.ledger.append([entry]);
  await parts.outbox.queueEntries([entry], start.timing.now());
  // Others may read it too; Slack has it already.
  await ports.notices.publish([entry]);
}

async function workloadNames(): Promise<readonly string[]> {
  const groups = await parts.directory.all();
  return [...new Set(groups.flatMap(({ tags }) => tags[WORKLOAD_TAG] ?? []))].sort();
}

function isBatch(event: unknown): event is SQSEvent {
  return typeof event === 'object' && event !== null && 'Records' in event;
}
