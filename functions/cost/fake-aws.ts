import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { NO_USAGE, type Usage, type UsageName } from './tally.ts';

export type Count = (what: UsageName, by: number) => void;
/** What AWS answers to a command's input. */
export type Answer = (input: unknown, count: Count) => object;

interface Sender {
  send(command: {
    readonly constructor: { readonly name: string };
    readonly input: unknown;
  }): Promise<object>;
}

/** What every call costs by itself, by service; what is not here is free. */
const PER_CALL: Readonly<Record<string, UsageName>> = {
  autoscaling: 'autoScalingCalls',
  sqs: 'sqsFifoRequests',
};

/**
 * The recording transport: every SDK client of this process sends to `answers` instead of AWS, and what AWS would bill is counted. The
 * commands are those the adapters build; only the wire is left out. Ends with `restore`.
 */
export function recordCalls(answers: Readonly<Record<string, Answer>>) {
  // Every client of the SDK inherits the one `send`.
  const base = Object.getPrototypeOf(AutoScalingClient.prototype) as Sender;
  const original = base.send;
  const usage: Record<UsageName, number> = { ...NO_USAGE };
  const calls = { made: 0 };
  const count: Count = (what, by) => {
    usage[what] += by;
  };

  base.send = async function (this: object, command) {
    const service = this.constructor.name.replace(/Client$/, '').toLowerCase();
    const operation = `${service}:${command.constructor.name.replace(/Command$/, '')}`;
    const answer = answers[operation];
    if (!answer) throw new Error(`the cost simulation has no answer for ${operation}`);
    calls.made += 1;
    count(PER_CALL[service] ?? 'freeCalls', 1);
    return answer(command.input, count);
  };
  return {
    count,
    calls,
    usage: (): Usage => ({ ...usage }),
    restore: (): void => {
      base.send = original;
    },
  };
}

export function listOf<Item>(items: Iterable<Item>): Item[] {
  return [...items];
}
