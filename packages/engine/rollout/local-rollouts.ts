import type { Instant } from '@evenkeel/core/quantities';
import type { Documents, RolloutPorts, RolloutRequest, RolloutStarter } from '../ports/index.ts';
import type { RolloutEnd } from './conclude.ts';
import type { RolloutSettings } from './deps.ts';
import { rolloutOfProposal } from './of-proposal.ts';
import { createPacedSteps, type Journal } from './steps.ts';

/** Rollouts carried out by this very process, on its own clock; what they have done is kept, so that the next process goes on after it. */
export interface LocalRollouts extends RolloutStarter {
  /** Takes up what a process before this one, or a failed try of this one, left unfinished. */
  resume(): Promise<void>;
  /** Goes on with those whose wait is over, until all of them wait again. */
  pump(): Promise<void>;
  /** How many are under way in this process. */
  readonly running: () => number;
}

export interface LocalRolloutOptions {
  readonly ports: RolloutPorts;
  readonly now: () => Instant;
  readonly settings: RolloutSettings;
  /** A rollout that could not go on for now; `resume` tries it again. */
  readonly failed?: (id: string, error: unknown) => void;
}

interface LocalRollout {
  readonly request: RolloutRequest;
  readonly end?: RolloutEnd;
}

const ROLLOUTS = 'local-rollouts';
const MOST_ROLLOUTS = 1000;

/** Rollouts on a process's own steps; their journals are documents, one for each step. */
export function createLocalRollouts(options: LocalRolloutOptions): LocalRollouts {
  const { ports, now, settings, failed = () => {} } = options;
  const { documents } = ports;
  const paced = createPacedSteps(now);
  const here = new Set<string>();

  const carryOut = async (request: RolloutRequest): Promise<void> => {
    try {
      const journal = await openJournal(documents, request.id);
      const steps = paced.steps(journal);
      const execution = `local ${request.id}`;
      const end = await rolloutOfProposal(request, { ports, steps, now, settings, execution });
      await documents.write(ROLLOUTS, request.id, { request, end } satisfies LocalRollout, { expected: 1 });
      await dropJournal(documents, request.id);
    } catch (error) {
      failed(request.id, error);
    } finally {
      here.delete(request.id);
    }
  };
  const begin = async (request: RolloutRequest): Promise<void> => {
    if (here.has(request.id)) return;
    here.add(request.id);
    await paced.begin(() => carryOut(request));
  };

  return {
    running: () => here.size,
    pump: () => paced.pump(),
    async start(request) {
      const noted: LocalRollout = { request };
      if (!(await documents.write(ROLLOUTS, request.id, noted, { expected: 0 }))) return 'already-started';
      await begin(request);
      return 'started';
    },
    async resume() {
      for (const { value } of await documents.list<LocalRollout>(ROLLOUTS, MOST_ROLLOUTS)) {
        if (value.end === undefined) await begin(value.request);
      }
    },
  };
}

const journalOf = (id: string): string => `rollout-steps ${id}`;
/** Two weeks of looks at the closest pace are fewer. */
const MOST_STEPS = 10_000;

/** What was done already, and where the next step's result is kept before the one after it begins. */
async function openJournal(documents: Documents, id: string): Promise<Journal> {
  const kept = await documents.list<string>(journalOf(id), MOST_STEPS);
  const known = new Map(kept.map(({ key, value }) => [key, value]));
  return {
    get: (name) => known.get(name),
    async set(name, result) {
      const isFirst = await documents.write(journalOf(id), name, result, { expected: 0 });
      if (!isFirst) throw new Error(`another process carries the rollout ${id} out as well; end one of them`);
      known.set(name, result);
    },
  };
}

async function dropJournal(documents: Documents, id: string): Promise<void> {
  for (const { key, version } of await documents.list(journalOf(id), MOST_STEPS)) {
    await documents.remove(journalOf(id), key, version);
  }
}
