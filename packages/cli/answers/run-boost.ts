import { FLEET } from '@evenkeel/core/explain';
import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import type { Action } from '@evenkeel/engine/answers';
import { type ConductOptions, conduct, type Stage } from '../conduct/conduct.ts';
import { UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { actOn } from './act-on.ts';

export interface BoostOptions extends ConductOptions {
  readonly add?: Instances;
  readonly factor?: number;
  readonly for?: Minutes;
  readonly note?: string;
  readonly end?: true;
}

/** `evenkeel boost`: extra capacity from now on for a time, or its end. */
export async function runBoost(workload: string, options: BoostOptions, terminal: Terminal): Promise<void> {
  const asked = checked(options);
  await conduct({
    workload,
    options,
    terminal,
    act: (stage) =>
      actOn(stage, terminal, {
        action: actionOf(workload, asked, stage),
        subject: { workload, group: FLEET },
        words: wordsOf(workload, options),
        reason: options.note,
      }),
  });
}

type Asked = { readonly end: true } | { readonly more: More; readonly minutes: Minutes };
type More = { readonly add: Instances } | { readonly factor: number };

/** Throws a UserError where the options do not say how much, for how long. */
function checked({ add, factor, for: minutes, end }: BoostOptions): Asked {
  if (end) {
    if (add === undefined && factor === undefined && minutes === undefined) return { end };
    throw new UserError(
      '--end stands alone: it ends the boost that stands; leave out --add, --factor and --for.',
    );
  }
  if ((add === undefined) === (factor === undefined)) {
    throw new UserError(
      'how much more is not clear; write either --add 4 (instances on top) or --factor 1.5 (times the present size).',
    );
  }
  if (minutes === undefined) {
    throw new UserError('--for is missing; write how long, such as --for 2h: a boost always ends by itself.');
  }
  return { more: add === undefined ? { factor: factor! } : { add }, minutes };
}

function actionOf(workload: string, asked: Asked, { now, by }: Stage): Action {
  if ('end' in asked) return { kind: 'end-boost', workload, by };
  return { kind: 'boost', workload, ...asked.more, until: (now + asked.minutes) as Minute, by };
}

function wordsOf(workload: string, { add, factor, for: minutes, end }: BoostOptions): string {
  const more = add === undefined ? `--factor ${factor}` : `--add ${add}`;
  return `boost ${workload} ${end ? '--end' : `${more} --for ${minutes}m`}`;
}
