import { minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { chosenGroups, groupsThere } from '../chosen-groups.ts';
import { type AwsOptions, type Composition, compose } from '../compose.ts';
import { inDemoRegion } from '../demo/demo-place.ts';
import { painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import { MOST_COLUMNS } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkAccount } from './account-checks.ts';
import { doctorReport, type Section } from './doctor-report.ts';
import { GROUP_CHECKS } from './group-checks.ts';
import { type GroupFacts, groupFacts } from './group-facts.ts';
import { checkSlack } from './slack-check.ts';

export interface DoctorOptions extends AwsOptions {
  readonly demo?: true;
  readonly json?: true;
}

/** Looks an account and its groups over, and says what is wrong and what to do; changes nothing. */
export async function runDoctor(
  workload: string | undefined,
  options: DoctorOptions,
  given: Terminal,
): Promise<void> {
  const terminal = options.demo ? inDemoRegion(given) : given;
  const composition = await compose({ ...options, onlyLooks: true }, terminal);
  try {
    const facts = await allFacts(composition, workload, { options, terminal });
    const now = minuteOf(terminal.clock.now());
    const place = { now, leaseRole: options.leaseRole };
    const { findings, statements } = await checkAccount(composition, facts, place);
    const slack = options.demo ? [] : [await checkSlack(terminal)];
    const sections: readonly Section[] = [
      { title: 'account', findings: [...findings, ...slack] },
      ...facts.map((each) => ({ ...sectionOf(each), isBrief: workload === undefined })),
    ];
    if (options.json) {
      terminal.out(
        `${JSON.stringify({ sections: sections.map(({ title, findings }) => ({ title, findings })), statements }, undefined, 1)}\n`,
      );
      return;
    }
    const columns = Math.min(terminal.columns, MOST_COLUMNS);
    terminal.out(doctorReport(sections, { statements, paint: painter(terminal.colour), columns }));
  } finally {
    composition.close();
  }
}

async function allFacts(
  composition: Composition,
  workload: string | undefined,
  { options, terminal }: { readonly options: DoctorOptions; readonly terminal: Terminal },
): Promise<readonly GroupFacts[]> {
  const groups =
    workload === undefined
      ? await groupsThere(composition, workload)
      : await chosenGroups(composition, workload);
  const bar = progress(terminal, { label: 'doctor', total: groups.length, silent: options.json ?? false });
  const facts: GroupFacts[] = [];
  for (const [index, group] of groups.entries()) {
    bar.update(index, group.ref.name);
    facts.push(await groupFacts(composition, group, minuteOf(terminal.clock.now())));
  }
  bar.finish();
  return facts;
}

function sectionOf(facts: GroupFacts): Section {
  const { group } = facts;
  return {
    title: `${group.ref.name}, workload ${group.tags[WORKLOAD_TAG] ?? ''}`,
    findings: GROUP_CHECKS.flatMap((check) => check(facts) ?? []),
  };
}
