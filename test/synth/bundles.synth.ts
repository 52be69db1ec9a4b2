import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ESBUILD } from '../../stacks/bundle.ts';
import { ROLLOUT_WORK, SLACK_WORK, WORK, type WorkName } from '../../stacks/work.ts';
import { buildHandler } from './harness/build-handler.ts';

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

/** Functions that change instance types need EC2's client, which weighs more than everything else together; they run seldom. */
const HEAVY = Object.keys(ROLLOUT_WORK) as readonly WorkName[];
const EVERY = [...Object.keys(WORK), ...HEAVY, ...Object.keys(SLACK_WORK)] as readonly WorkName[];

/** All are built side by side. */
const PATIENCE = { timeout: 120_000 };

function limitOf(work: WorkName): number {
  if (HOT.includes(work)) return 700;
  return HEAVY.includes(work) ? 1800 : 1200;
}

describe.each(EVERY)('%s, bundled as it is deployed', PATIENCE, (work) => {
  const built = build(`functions/${work}.handler`);

  test(`is at most ${limitOf(work)} KB, minified, with the SDK inside`, async () => {
    const { answer, built: handler } = await built;
    expect(answer.errors).toEqual([]);
    expect(handler!.clients.length).toBeGreaterThan(0);
    expect(handler!.bytes).toBeLessThanOrEqual(limitOf(work) * KB);
  });

  test(HEAVY.includes(work) ? 'has the EC2 client' : 'does without the EC2 client', async () => {
    expect((await built).built?.clients.includes('ec2')).toBe(HEAVY.includes(work));
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
