/**
 * `node .ci/count.ts RESULTS ENDED`: prints how many tests of a vitest JSON report passed and failed, `12 0`. A run that ended
 * badly (ENDED is not 0) without a failing test in its report counts as one failure.
 */
import { existsSync, readFileSync } from 'node:fs';

const [file = '', ended = '0'] = process.argv.slice(2);
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const passed: number = report.numPassedTests ?? 0;
const failed: number = report.numFailedTests ?? 0;
console.log(`${passed} ${failed === 0 && ended !== '0' ? 1 : failed}`);
