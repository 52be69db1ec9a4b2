import { decisionWithOutcome, excuseSentence, type LedgerEntry, utc } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Ports } from '@evenkeel/engine/ports';
import { painter } from '../render/paint.ts';
import { type Progress, progress } from '../render/progress.ts';
import { MOST_COLUMNS, wrap } from '../render/wrap.ts';
import { groupStates } from '../status/group-state.ts';
import { statusTable } from '../status/status-table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { RunView, TickReport } from './run-loop.ts';

const INDENT = ' '.repeat(4);

export interface RunViewOptions {
  readonly terminal: Terminal;
  readonly ports: Omit<Ports, 'notices'>;
  /** Ledger entries as JSON, one a line, and nothing else. */
  readonly json: boolean;
}

/**
 * What a person sees of `evenkeel run`: decisions as they come, the groups as a table after each tick, and on a terminal a line
 * with the time to the next tick, drawn anew each second.
 */
export function createRunView({ terminal, ports, json }: RunViewOptions): RunView {
  const paint = painter(terminal.colour);
  let bar: Progress | undefined;
  let lastTable = '';
  let isLineShown = false;

  const clearLine = (): void => {
    if (isLineShown) terminal.err('\r\u001b[2K');
    isLineShown = false;
  };
  const tell = (text: string): void => {
    clearLine();
    terminal.out(text);
  };

  return {
    reviewing(done, total, group) {
      clearLine();
      bar ??= progress(terminal, {
        label: 'Reading history',
        total,
        silent: json && terminal.liveColumns === undefined,
      });
      bar.update(done, group);
    },
    reviewed() {
      bar?.finish();
      bar = undefined;
    },
    told(entries) {
      for (const entry of entries) tell(json ? `${JSON.stringify(entry)}\n` : entryText(entry));
    },
    async ticked({ at, groups, failures }: TickReport) {
      for (const { ref, message } of failures) {
        clearLine();
        terminal.err(`evenkeel: ${ref.name}: ${message}\n`);
      }
      if (json) return;
      const shown = statusTable(await groupStates(ports, groups, at), paint);
      if (shown === lastTable) return;
      lastTable = shown;
      tell(`\n${paint('quiet', utc(at))}\n${shown}\n`);
    },
    failed(error) {
      clearLine();
      const message = error instanceof Error ? error.message : String(error);
      terminal.err(`evenkeel: ${message}; nothing was changed, the next tick tries again\n`);
    },
    rolloutFailed({ message }) {
      clearLine();
      terminal.err(`evenkeel: ${message}; it is tried again at the next tick\n`);
    },
    waiting(until) {
      if (terminal.liveColumns === undefined || json) return;
      terminal.err(`\r\u001b[2Knext tick in ${countdown(until, terminal.clock.now())}; Ctrl-C ends`);
      isLineShown = true;
    },
  };

  function entryText({ at, group, decision, outcome, excuses }: LedgerEntry): string {
    const head = `${paint('quiet', utc(at).slice(5))}  ${paint('strong', group)}  `;
    const why = excuses.map(excuseSentence).join(' ');
    const said = decision
      ? decisionWithOutcome(decision, outcome)
      : paint('careful', why || 'Nothing stands in the way any more.');
    return `${wrap(`${head}${said}`, Math.min(terminal.columns, MOST_COLUMNS), INDENT).join('\n')}\n`;
  }
}

function countdown(until: Instant, now: Instant): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
