import type { Instant } from '@evenkeel/core/quantities';
import type { Document } from '@evenkeel/engine/ports';
import type { Block, ImageBlock } from '../messages/block.ts';
import { SLACK_LIMITS } from '../messages/block.ts';
import { type Delivery, retryAt, type Step } from './delivery.ts';
import type { Item } from './item.ts';

/** A picture that cannot be shown after so many tries is left out: the text stands. */
const MOST_CHART_TRIES = 3;
/** Slack's updates: about 50 a minute. */
const UPDATE_LANE = 'chat.update';

/** Draws the picture under a message that stands, and shows in it what has changed since (an answer, a lapse). */
export async function showItem(delivery: Delivery, item: Document<Item>): Promise<Step> {
  const { state, show, chart, showDue } = item.value;
  const now = delivery.clock.now();
  if (state.kind !== 'told' || (show === undefined && chart === undefined)) return { kind: 'skipped' };
  if (showDue !== undefined && showDue > now) return { kind: 'skipped' };
  if (delivery.transport.kind !== 'bot' || state.place.ts === undefined) {
    return withoutWishes(delivery, item);
  }
  let file = item.value.chartFile;
  if (chart !== undefined && file === undefined) {
    const png = await drawn(delivery, item.value);
    if (png === 'failed') return chartFailed(delivery, item);
    if (png !== undefined) {
      file = await upload(delivery, item.value, png);
      if (file === undefined) return chartFailed(delivery, item);
    }
  }
  if (show === undefined && file === undefined) return withoutWishes(delivery, item);
  const showing = show ?? { text: item.value.message.text, blocks: item.value.message.blocks };
  if (!(await delivery.pace.turn(UPDATE_LANE, delivery.deadline)))
    return { kind: 'stop', because: 'the time of this run is over' };
  const blocks =
    file === undefined ? showing.blocks : withPicture(showing.blocks, file, item.value.message.text);
  const result = await delivery.transport.update(state.place, { text: showing.text, blocks });
  if (result.kind === 'done') {
    const { show: _, chart: __, showDue: ___, ...rest } = item.value;
    const value: Item = { ...rest, ...(file !== undefined && { chartFile: file }) };
    return (await delivery.outbox.save({ ...item, value }, delivery.clock.now()))
      ? { kind: 'updated' }
      : { kind: 'skipped' };
  }
  if (result.kind === 'refused') {
    // A picture Slack has not processed yet is refused as an invalid block; so may be a message that was deleted.
    if (chart !== undefined) return chartFailed(delivery, item, file);
    return withoutWishes(delivery, item);
  }
  const wait = result.kind === 'later' ? ((now + result.seconds * 1000) as Instant) : retryAt(now, 1);
  await delivery.outbox.save({ ...item, value: { ...item.value, showDue: wait } }, now);
  return { kind: 'stop', because: result.kind === 'later' ? 'rate limit' : result.message };
}

/** What the picture is drawn from may be away; that is no reason to keep other messages waiting. */
async function drawn(delivery: Delivery, { message }: Item): Promise<Uint8Array | 'failed' | undefined> {
  try {
    return await delivery.chartOf(message);
  } catch {
    return 'failed';
  }
}

async function upload(delivery: Delivery, item: Item, png: Uint8Array): Promise<string | undefined> {
  const name = `evenkeel-${item.message.id}.png`;
  const uploaded = await delivery.transport.upload({ png, name, alt: altOf(item) });
  return uploaded.kind === 'done' ? uploaded.value : undefined;
}

/** Nothing more is wanted of the message: it shows what it can. */
async function withoutWishes(delivery: Delivery, item: Document<Item>): Promise<Step> {
  const { show: _, chart: __, showDue: ___, ...rest } = item.value;
  await delivery.outbox.save({ ...item, value: rest }, delivery.clock.now());
  return { kind: 'skipped' };
}

async function chartFailed(delivery: Delivery, item: Document<Item>, file?: string): Promise<Step> {
  const now = delivery.clock.now();
  const tries = (item.value.chart?.tries ?? 0) + 1;
  const { chart: _, chartFile: __, ...rest } = item.value;
  const value: Item =
    tries >= MOST_CHART_TRIES
      ? rest
      : {
          ...rest,
          chart: { tries },
          showDue: retryAt(now, tries),
          ...(file !== undefined && { chartFile: file }),
        };
  await delivery.outbox.save({ ...item, value }, now);
  return { kind: 'skipped' };
}

function altOf(item: Item): string {
  return `Demand, floors and capacity of ${item.message.workload} around ${item.message.day}`.slice(
    0,
    SLACK_LIMITS.altText,
  );
}

/** The picture goes under the text and above the buttons. */
function withPicture(blocks: readonly Block[], file: string, alt: string): readonly Block[] {
  const picture: ImageBlock = {
    type: 'image',
    alt_text: alt.slice(0, SLACK_LIMITS.altText),
    slack_file: { id: file },
  };
  const at = blocks.findIndex((block) => block.type === 'actions' || block.type === 'context');
  const place = at < 0 ? blocks.length : at;
  return [...blocks.slice(0, place), picture, ...blocks.slice(place)].slice(0, SLACK_LIMITS.blocks);
}
