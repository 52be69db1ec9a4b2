import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_HOUR, type Minute } from '@evenkeel/core/quantities';
import { DEFAULT_SLO_UTILISATION } from '@evenkeel/core/workload';
import { drawChart } from '@evenkeel/slack/chart';
import { type Message, messagesOf } from '@evenkeel/slack/messages';
import { previewPage } from '@evenkeel/slack/preview';
import type { Region } from '@evenkeel/twin';

const STEP = 10;
const BEFORE = 16 * MINUTES_PER_HOUR;
const AFTER = 8 * MINUTES_PER_HOUR;

/** Every Slack message of the demo on one page that looks like Slack, with charts of what the simulated groups lived through. */
export function messagesPage(entries: readonly LedgerEntry[], region: Region): string {
  const messages = messagesOf(entries);
  return previewPage(messages, {
    title: 'Evenkeel demo: the messages in Slack',
    intro: `${messages.length} messages of two simulated weeks, as \`evenkeel demo\` would have sent them.`,
    chartOf: (message) => chartOf(region, message),
  });
}

/** The hours around a message, from what the region recorded. */
function chartOf(region: Region, message: Message): Uint8Array | undefined {
  const ref = region.refs().find(({ name }) => name === message.groups[0]);
  if (ref === undefined) return undefined;
  const history = region.history(ref);
  const start = (message.at - BEFORE - ((message.at - BEFORE) % STEP)) as Minute;
  const series = (values: ArrayLike<number>, until: Minute) =>
    Float64Array.from({ length: (BEFORE + AFTER) / STEP }, (_, step) => {
      const at = start + step * STEP;
      return at < until ? (values[at - history.start] ?? Number.NaN) : Number.NaN;
    });
  return drawChart({
    start,
    stepMinutes: STEP,
    need: series(history.demand, message.at).map((units) => units / DEFAULT_SLO_UTILISATION),
    floors: series(history.minSize, (message.at + AFTER) as Minute),
    capacity: series(history.inService, message.at),
    now: message.at,
  });
}
