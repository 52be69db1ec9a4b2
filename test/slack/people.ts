import type { AnswerDecision, LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { createMemoryLedger, createMemoryNotices } from '@evenkeel/engine/memory';
import {
  type Action,
  type Answering,
  createMembers,
  createReply,
  doWork,
  type Performed,
  showEnds,
  showOver,
} from '@evenkeel/slack/answers';
import { type Acknowledgement, receive, type Work } from '@evenkeel/slack/inbound';
import { eachOnce, type Message } from '@evenkeel/slack/messages';
import { FAKE } from './fake-slack.ts';
import { createWorld, START, type WorldOptions } from './world.ts';

/** Carol may answer for tier 1, the group SONCALL for tier 0 (dave is in it), nobody for tier 3. */
const NOBODY = { users: [], groups: [] };
const WHO = {
  0: { users: [], groups: ['SONCALL'] },
  1: { users: ['UCAROL', 'UERIN'], groups: [] },
  2: { users: ['UCAROL'], groups: [] },
  3: NOBODY,
};

/** A workspace with people, their answers and what those did. */
export function createOffice(
  options: WorldOptions & { readonly perform?: (action: Action) => Promise<Performed> } = {},
) {
  const world = createWorld(options);
  const { slack, clock } = world;
  slack.groups.set('SONCALL', ['UDAVE']);
  const ledger = createMemoryLedger();
  const notices = createMemoryNotices();
  const performed: Action[] = [];
  const standing = { now: true };
  const queue: Work[] = [];
  const answering: Answering = {
    documents: world.documents,
    outbox: world.outbox,
    ledger,
    notices,
    who: WHO,
    members: createMembers({ token: FAKE.token, fetch: slack.fetch, now: clock.now, api: FAKE.api }),
    stands: async () => standing.now,
    tierOf: async (workload) => (({ shop: 1, core: 0, batch: 3 }) as const)[workload],
    reply: createReply(slack.fetch),
    now: clock.now,
    actions: {
      async perform(action) {
        const result = (await options.perform?.(action)) ?? { kind: 'done', said: `Done: ${action.kind}.` };
        if (result.kind === 'done') performed.push(action);
        return result;
      },
      status: async (workload) => (workload === 'nowhere' ? undefined : `status of ${workload ?? 'all'}`),
      why: async (workload) => `${workload} is at 14 because <need> is 12`,
      plan: async (workload) => `plan of ${workload}`,
    },
  };
  const receiver = {
    signingSecret: FAKE.signingSecret,
    documents: world.documents,
    now: clock.now,
    later: async (work: Work) => {
      queue.push(work);
    },
    dialogs: { token: FAKE.token, fetch: slack.fetch, api: FAKE.api },
  };
  const send = (request: { body: string; headers: Record<string, string> }): Promise<Acknowledgement> =>
    receive(receiver, request);
  return {
    ...world,
    answering,
    ledger,
    notices,
    performed,
    queue,
    standing,
    send,
    /** The message of the entry, told and standing in its channel. */
    async tell(entry: LedgerEntry): Promise<Message> {
      await ledger.append([entry]);
      await world.queue([entry]);
      world.pass(120_000);
      await world.run();
      return eachOnce([entry])[0]!;
    },
    press(message: string, button: string, user: string): Promise<Acknowledgement> {
      const payload = {
        type: 'block_actions',
        user: { id: user, username: 'whoever' },
        team: { id: 'T1' },
        actions: [{ action_id: `evenkeel:${button}`, value: message }],
        response_url: slack.newResponseUrl(),
        trigger_id: slack.newTrigger(),
      };
      return send(slack.signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString()));
    },
    submitReason(message: string, reason: string, user: string): Promise<Acknowledgement> {
      const view = {
        callback_id: 'evenkeel:reason',
        private_metadata: message,
        state: { values: { 'evenkeel:reason': { reason: { value: reason } } } },
      };
      const payload = { type: 'view_submission', user: { id: user }, team: { id: 'T1' }, view };
      return send(slack.signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString()));
    },
    command(text: string, user: string): Promise<Acknowledgement> {
      const form = {
        command: '/evenkeel',
        text,
        user_id: user,
        team_id: 'T1',
        response_url: slack.newResponseUrl(),
      };
      return send(slack.signed(new URLSearchParams(form).toString()));
    },
    /** Does what was acknowledged, in order, and brings the messages up to date. */
    async work(): Promise<void> {
      for (const each of queue.splice(0)) await doWork(answering, each);
      world.pass(2_000);
      await world.run();
    },
    async lapse(): Promise<number> {
      const count =
        (await showEnds(answering)) + (await showOver(answering)) + (await showOver(answering, 'rolls-back'));
      await world.run();
      return count;
    },
    answers: (): readonly AnswerDecision[] =>
      ledger.all().flatMap(({ decision }) => (decision?.kind === 'answer' ? [decision] : [])),
    /** What the message shows now, as one text. */
    shows: (id: string): string => JSON.stringify(slack.withId(id)[0]?.blocks ?? []),
    lastReply: (): string => (slack.replies.at(-1)?.body.text ?? '') as string,
  };
}

export const AT = minuteOf(START);

/** A proposal of a workload that waits for an answer for three days. */
export function proposal(workload = 'shop', id = 'proposal-1'): LedgerEntry {
  return {
    id,
    at: AT,
    workload,
    group: `${workload}-web`,
    place: { account: '1', region: 'eu-west-1' },
    decision: { kind: 'target', from: 50, to: 58, owner: 50, asks: { expires: (AT + 3 * 1440) as Minute } },
    outcome: { kind: 'told', because: 'asks' },
    excuses: [],
  };
}
