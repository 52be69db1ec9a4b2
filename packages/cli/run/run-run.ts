import { type MarketSource, refreshMarket } from '@evenkeel/catalog';
import { utc } from '@evenkeel/core/explain';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import type { Documents, Ports } from '@evenkeel/engine/ports';
import { chosenGroups, placeOf } from '../chosen-groups.ts';
import { type AwsOptions, asUserErrors, compose } from '../compose.ts';
import { painter } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { runLoop } from './run-loop.ts';
import { createRunRollouts } from './run-rollouts.ts';
import { createRunView } from './run-view.ts';

export interface RunOptions extends AwsOptions {
  readonly once?: true;
  readonly json?: true;
  readonly rollouts?: true;
}

/**
 * Review and tick for an account in this process until the user ends it. Ctrl-C finishes the group at work and closes the store; what
 * was written into AWS goes on by itself and ends at home.
 */
export async function runRun(options: RunOptions, terminal: Terminal): Promise<void> {
  const composition = await compose(options, terminal);
  const { ports, account, region, store, expectTicks, shapes, market } = composition;
  const paint = painter(terminal.colour);
  const ending = new AbortController();
  const stopListening = terminal.onInterrupt(() => ending.abort());
  try {
    if (options.once) await chosenGroups(composition, undefined);
    const say = options.json ? terminal.err : terminal.out;
    say(`${paint('quiet', `${placeOf(composition)}; decisions in ${store}`)}\n`);
    const all: Ports = { ...ports, notices: { publish: async () => {} } };
    const view = createRunView({ terminal, ports, json: options.json ?? false });
    const rollouts =
      options.rollouts &&
      createRunRollouts({
        ports,
        shapes: await shapes(),
        now: terminal.clock.now,
        told: view.told,
        failed: view.rolloutFailed,
      });
    const loop = {
      ports: all,
      place: { account, region },
      expectTicks,
      clock: terminal.clock,
      view,
      signal: ending.signal,
      once: options.once ?? false,
      ...(market && { refreshCatalogue: refreshOf({ region, market, documents: ports.documents, say }) }),
      ...(rollouts && { rollouts }),
    };
    await asUserErrors(() => runLoop(loop));
    if (!options.once) say(`\n${farewell(terminal, options)}\n`);
  } finally {
    stopListening();
    composition.close();
  }
}

/** Where AWS cannot be asked the figures of before stand: a review is not held up by it. */
function refreshOf({
  say,
  market,
  ...place
}: {
  readonly region: string;
  readonly market: MarketSource;
  readonly documents: Documents;
  readonly say: (text: string) => void;
}) {
  return async (now: Instant): Promise<void> => {
    const report = await refreshMarket({ ...place, source: market, now });
    if (report.kind === 'fresh') return;
    for (const { message } of report.failures) say(`prices of today: ${message}; older ones stand\n`);
  };
}

function farewell({ clock, columns }: Terminal, { rollouts }: RunOptions): string {
  const at = utc(minuteOf(clock.now()));
  const text = `Ended at ${at}. Floors that stand in AWS go on by themselves and end at each group's own minimum; evenkeel off WORKLOAD takes them back now.`;
  const left = rollouts
    ? ' A change of instance types under way is taken up by the next evenkeel run --rollouts; where that does not come soon, AWS rolls it back by itself.'
    : '';
  return wrap(text + left, columns, '').join('\n');
}
