import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { preparePlatform } from './prepare-platform.ts';
import { synth } from './synth.ts';

/** `node test/synth/harness/dump.ts --stage test --out FILE`: runs the stacks without AWS and writes every resource as JSON. */
const { values } = parseArgs({
  options: {
    root: { type: 'string', default: process.cwd() },
    stage: { type: 'string', default: 'test' },
    account: { type: 'string', default: '111111111111' },
    out: { type: 'string' },
  },
});
preparePlatform(values.root);
const result = await synth(values);
const json = JSON.stringify(result, null, 2);
if (values.out === undefined) console.log(json);
else {
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, json);
}
for (const error of result.errors) console.error(error);
// After an error Pulumi keeps waiting for what never comes.
process.exit(result.errors.length > 0 ? 1 : 0);
