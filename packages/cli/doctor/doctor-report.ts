import { counted } from '@evenkeel/core/explain';
import type { Paint, Style } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import type { Finding, Level } from './finding.ts';
import type { PolicyStatement } from './permissions.ts';

/** Findings about one thing: the account, or a group. */
export interface Section {
  readonly title: string;
  /** What is well is told in one line together. */
  readonly isBrief?: boolean;
  readonly findings: readonly Finding[];
}

const SIGNS: Readonly<Record<Level, { readonly word: string; readonly style: Style }>> = {
  ok: { word: 'ok', style: 'good' },
  warn: { word: 'warn', style: 'careful' },
  problem: { word: 'problem', style: 'bad' },
  unknown: { word: '?', style: 'quiet' },
};

const WORD = 9;
const WHAT = 16;

/** All sections with a line or more for each finding, what to do below it, and a last line that sums up. Ends with a newline. */
export function doctorReport(
  sections: readonly Section[],
  {
    statements,
    paint,
    columns,
  }: { readonly statements: readonly PolicyStatement[]; readonly paint: Paint; readonly columns: number },
): string {
  const all = sections.flatMap(({ findings }) => findings);
  const allowing =
    statements.length === 0
      ? []
      : [
          paint('strong', 'Statements that allow what is missing'),
          JSON.stringify(statements, undefined, 2),
          '',
        ];
  return [
    ...sections.flatMap(({ title, findings, isBrief }) => [
      paint('strong', title),
      ...(isBrief ? inBrief(findings) : findings).flatMap((finding) => lines(finding, paint, columns)),
      '',
    ]),
    ...allowing,
    summary(all, paint),
    '',
  ].join('\n');
}

/** What is not well, then the names of what is. */
function inBrief(findings: readonly Finding[]): readonly Finding[] {
  const well = findings.filter(({ level }) => level === 'ok');
  const others = findings.filter(({ level }) => level !== 'ok');
  if (well.length === 0) return others;
  return [
    ...others,
    { level: 'ok', what: `${well.length} checks`, says: well.map(({ what }) => what).join(', ') },
  ];
}

function lines({ level, what, says, remedy }: Finding, paint: Paint, columns: number): readonly string[] {
  const { word, style } = SIGNS[level];
  const margin = ' '.repeat(2 + WORD + WHAT);
  const head = `  ${paint(style, word.padEnd(WORD))}${what.padEnd(WHAT)}`;
  const text = wrap(`${margin}${says}`, columns, margin);
  const [first = '', ...rest] = text;
  const toDo = remedy === undefined ? [] : wrap(`${margin}→ ${remedy}`, columns, `${margin}  `);
  return [`${head}${first.slice(margin.length)}`, ...rest, ...toDo];
}

function summary(all: readonly Finding[], paint: Paint): string {
  const count = (level: Level) => all.filter((each) => each.level === level).length;
  const [problems, warnings] = [count('problem'), count('warn')];
  if (problems > 0) return paint('bad', `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}.`);
  if (warnings > 0) return paint('careful', `No problem, ${counted(warnings, 'warning')}.`);
  return paint('good', 'All is well.');
}
