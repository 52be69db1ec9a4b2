import { minuteOf } from '@evenkeel/core/quantities';
import { dashboardPage } from '@evenkeel/dashboard/page';
import { chosenGroups } from '../chosen-groups.ts';
import { type AwsOptions, asUserErrors, type Composition, compose } from '../compose.ts';
import { inLivedDemoRegion } from '../demo/demo-place.ts';
import { UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { dashboardView } from './dashboard-view.ts';
import { servePage } from './serve-page.ts';

export interface DashboardOptions extends AwsOptions {
  readonly port: number;
  readonly demo?: true;
  readonly json?: true;
}

/** The page asks again after so many seconds, and what was read is shown for as long: however many look, AWS is asked once. */
const AGAIN_SECONDS = 60;
/** How often it is looked whether the user wants to end. */
const LOOK_EVERY_MS = 3_600_000;

/** Serves the dashboard on this machine until the user ends it; writes nothing. */
export async function runDashboard(
  workload: string | undefined,
  options: DashboardOptions,
  given: Terminal,
): Promise<void> {
  const terminal = options.demo ? await inLivedDemoRegion(given) : given;
  const composition = await compose(options, terminal);
  const ending = new AbortController();
  const stopListening = terminal.onInterrupt(() => ending.abort());
  try {
    const look = remembered(() => pageOf(composition, workload, { options, terminal }), terminal);
    const first = await look();
    if (options.json) {
      terminal.out(first.json);
      return;
    }
    const served = await serve(async () => (await look()).page, options.port);
    terminal.out(`The dashboard is at ${served.url} (this machine only; Ctrl-C ends it).\n`);
    while (!ending.signal.aborted) await terminal.clock.sleep(LOOK_EVERY_MS, ending.signal);
    await served.close();
  } finally {
    stopListening();
    composition.close();
  }
}

interface Looked {
  readonly page: string;
  readonly json: string;
}

async function pageOf(
  composition: Composition,
  workload: string | undefined,
  { options, terminal }: { readonly options: DashboardOptions; readonly terminal: Terminal },
): Promise<Looked> {
  const groups = await chosenGroups(composition, workload);
  const now = minuteOf(terminal.clock.now());
  const view = await asUserErrors(() => dashboardView(composition, groups, now));
  const again = options.demo ? {} : { again: AGAIN_SECONDS };
  const plain = view.groups.map((group) => {
    const { picture: _, ...rest } = group;
    return rest;
  });
  return {
    page: dashboardPage({ ...view, ...again }),
    json: `${JSON.stringify({ place: view.place, at: view.at, groups: plain }, undefined, 1)}\n`,
  };
}

/** What was looked at is shown again for a minute; those who ask meanwhile wait for the same look. */
function remembered(look: () => Promise<Looked>, terminal: Terminal): () => Promise<Looked> {
  let last: { readonly at: number; readonly looked: Promise<Looked> } | undefined;
  return () => {
    const at = terminal.elapsed();
    if (last === undefined || at - last.at >= AGAIN_SECONDS * 1000) {
      const looked = look();
      last = { at, looked };
      looked.catch(() => {
        last = undefined;
      });
    }
    return last.looked;
  };
}

async function serve(page: () => Promise<string>, port: number) {
  try {
    return await servePage(page, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UserError(`port ${port} is taken; write another one, such as --port ${port + 1}.`);
  }
}
