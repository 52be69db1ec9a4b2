import { visibilityOf, type WorkName } from './work.ts';

const DAYS = 86_400;
/** How long a message that could not be handled waits for somebody to look at it: the most SQS keeps. */
const KEPT_SECONDS = 14 * DAYS;

/**
 * The queues, each with a queue for what could not be handled. Shards and reviews are FIFO: the message group is the account and region, so
 * that one process at a time makes calls there (S26).
 */
export function queues() {
  return {
    shards: queueWith('Shards', { work: 'on-shard', fifo: true, tries: 2 }),
    reviews: queueWith('Reviews', { work: 'on-review', fifo: true, tries: 3 }),
    events: queueWith('Events', { work: 'on-fleet-event', fifo: false, tries: 5 }),
    requests: queueWith('Requests', { work: 'on-capacity-requested', fifo: false, tries: 5 }),
    /** What EventBridge and Lambda could not deliver: schedules, rules, failed invocations. */
    undelivered: deadLetterQueue('UndeliveredDlq', false),
  };
}

export type Queues = ReturnType<typeof queues>;

interface QueueOptions {
  readonly work: WorkName;
  readonly fifo: boolean;
  /** How often a message is tried before it goes to the dead-letter queue. */
  readonly tries: number;
}

export function queueWith(name: string, { work, fifo, tries }: QueueOptions) {
  const dlq = deadLetterQueue(`${name}Dlq`, fifo);
  const queue = new sst.aws.Queue(name, {
    fifo,
    visibilityTimeout: `${visibilityOf(work)} seconds`,
    dlq: { queue: dlq.arn, retry: tries },
  });
  return { queue, dlq };
}

function deadLetterQueue(name: string, fifo: boolean): sst.aws.Queue {
  return new sst.aws.Queue(name, {
    fifo,
    transform: {
      queue(args) {
        args.messageRetentionSeconds = KEPT_SECONDS;
      },
    },
  });
}
