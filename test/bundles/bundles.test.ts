import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ESBUILD } from '../../stacks/bundle.ts';
import { WORK, type WorkName } from '../../stacks/work.ts';
import { buildHandler } from '../synth/harness/build-handler.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const KB = 1000;
/** Functions that run every few minutes or answer an event. */
const HOT: readonly WorkName[] = ['on-tick', 'on-shard', 'on-fleet-event', 'on-capacity-requested'];

const build = (handler: string) =>
  buildHandler(ROOT, {
    functionID: `size-${handler}`,
    handler,
    properties: { minify: true, esbuild: ESBUILD },
  });

describe.each(Object.keys(WORK) as WorkName[])('%s, bundled as it is deployed', (work) => {
  const built = build(`functions/${work}.handler`);

  test(`is at most ${HOT.includes(work) ? '700 KB' : '1.2 MB'}, minified, with the SDK inside`, async () => {
    const { answer, built: handler } = await built;
    expect(answer.errors).toEqual([]);
    expect(handler!.clients.length).toBeGreaterThan(0);
    expect(handler!.bytes).toBeLessThanOrEqual((HOT.includes(work) ? 700 : 1200) * KB);
  });

  test('does without the EC2 client', async () => {
    expect((await built).built?.clients).not.toContain('ec2');
  });
});

describe('what the bundler refuses', () => {
  test('a handler whose file is not there', async () => {
    expect((await build('functions/on-nothing.handler')).answer.errors).toEqual([
      'Handler not found: functions/on-nothing.handler',
    ]);
  });

  test('a file that does not export the name', async () => {
    expect((await build('functions/on-tick.main')).answer.errors[0]).toMatch(/has no export "main"/);
  });
});
