import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { entryOfEvent, type LedgerEntry } from '@evenkeel/core/explain';
import { minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEventBus } from './event-bus.ts';

const events = mockClient(EventBridgeClient);
const waits: number[] = [];
const bus = createEventBus({
  client: new EventBridgeClient({ region: 'eu-west-1' }),
  bus: 'evenkeel',
  wait: async (milliseconds) => {
    waits.push(milliseconds);
  },
});
const entry = (id: string): LedgerEntry => ({
  id,
  at: minute(29_000_000),
  workload: 'shop',
  group: '1/eu-west-1/web',
  decision: { kind: 'give-back', reason: 'paused' },
  outcome: { kind: 'applied' },
  excuses: [],
});
const many = (count: number) => Array.from({ length: count }, (_, index) => entry(`e${index}`));
const sent = () => events.commandCalls(PutEventsCommand).map((each) => each.args[0].input.Entries ?? []);

beforeEach(() => {
  events.reset();
  waits.length = 0;
});

describe('the event bus', () => {
  it('publishes an entry under its detail-type, with all of it in the detail', async () => {
    events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
    await bus.publish([entry('e1')]);
    const [event] = sent()[0]!;
    expect(event).toMatchObject({
      EventBusName: 'evenkeel',
      Source: 'evenkeel',
      DetailType: 'Evenkeel Group Given Back',
    });
    expect(entryOfEvent(JSON.parse(event!.Detail!))).toEqual(entry('e1'));
  });

  it('says nothing of entries in which nothing happened', async () => {
    await bus.publish([{ ...entry('e1'), outcome: { kind: 'nothing-to-do' } }]);
    expect(sent()).toEqual([]);
  });

  it('sends at most ten at a time', async () => {
    events.on(PutEventsCommand).resolves({ Entries: [] });
    await bus.publish(many(23));
    expect(sent().map((batch) => batch.length)).toEqual([10, 10, 3]);
  });

  it('sends again only what failed for a passing reason', async () => {
    events
      .on(PutEventsCommand)
      .resolvesOnce({ Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }, { EventId: '3' }] })
      .resolves({ Entries: [{ EventId: '2' }] });
    await bus.publish(many(3));
    expect(sent().map((batch) => batch.map((event) => entryOfEvent(JSON.parse(event.Detail!))?.id))).toEqual([
      ['e0', 'e1', 'e2'],
      ['e1'],
    ]);
    expect(waits).toEqual([200]);
  });

  it('gives up on what is refused for good, after the rest was sent, and says so', async () => {
    events
      .on(PutEventsCommand)
      .resolvesOnce({ Entries: [{ ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'no' }] })
      .resolves({ Entries: [] });
    await expect(bus.publish(many(11))).rejects.toThrow(
      '1 events were not taken: NotAuthorizedForSource: no',
    );
    expect(sent()).toHaveLength(2);
  });

  it('cuts the decision of an entry that no bus would take', async () => {
    events.on(PutEventsCommand).resolves({ Entries: [] });
    await bus.publish([{ ...entry('e1'), decision: { kind: 'give-back', reason: 'x'.repeat(200_000) } }]);
    expect(JSON.parse(sent()[0]![0]!.Detail!)).toMatchObject({
      id: 'e1',
      truncated: true,
      kind: 'give-back',
    });
  });
});
