/**
 * `node .ci/count.ts SCRIPT RESULTS ENDED FAILURES`: prints how many tests of a vitest JSON report passed and failed, `12 0`. A run that
 * ended badly (ENDED is not 0) without a failing test in its report counts as one failure. Each failure is a line added to FAILURES.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const [script = '', file = '', ended = '0', failures = ''] = process.argv.slice(2);
const report: Report = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { numPassedTests: 0, testResults: [] };
const failed = report.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'failed')
  .map(({ fullName }) => fullName);
const told = failed.length === 0 && ended !== '0' ? ['the run ended badly without a failing test'] : failed;
for (const what of told) appendFileSync(failures, `FAILED: npm run ${script}: ${what}\n`);
console.log(`${report.numPassedTests} ${told.length}`);
