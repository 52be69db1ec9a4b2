import { decisionWithOutcome, explainGroup } from '@evenkeel/core/explain';
import { HOME_STEP_NAME, isOurs } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { PortError } from '../ports/index.ts';
import { jumpyDemand, MIDNIGHT, makeWorld, type World } from '../testing/world.ts';
import { writeSteps } from './write-steps.ts';

const DENIED = new PortError(
  'denied',
  'not authorized to perform: autoscaling:BatchPutScheduledUpdateGroupAction',
);

const home = { name: HOME_STEP_NAME, start: (MIDNIGHT + 2000) as Minute, minSize: 2 };

/** Every write of steps is denied; `id` makes the message another at each try, as an id of the request does. */
function deny(world: World, id: () => string = () => ''): void {
  const call = (operation: string) =>
    operation === 'put' ? new PortError('denied', `${DENIED.message}${id()}`) : undefined;
  world.ports.faults.faults = { call };
}

function failed(world: World) {
  return world.decisions('floors').filter(({ outcome }) => outcome?.kind === 'failed');
}

describe('a write that AWS refuses at every tick', () => {
  it('is told once, then counted, and told again when it is over', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    deny(world);
    await world.live(120);
    expect(failed(world)).toHaveLength(1);
    expect(failed(world)[0]?.outcome).toEqual({ kind: 'failed', message: DENIED.message });
    const since = failed(world)[0]!.at;
    world.ports.faults.faults = {};
    await world.live(5);
    const over = world.decisions('floors').at(-1)!;
    expect(over.outcome).toEqual({ kind: 'applied', after: { times: 24, since } });
    expect(decisionWithOutcome(over.decision!, over.outcome)).toMatch(
      /\[done, after AWS had refused it 24 times since 2025-10-20 06:05 UTC\]$/,
    );
    await world.live(60);
    const later = world.decisions('floors').filter(({ at }) => at > over.at);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ outcome }) => outcome?.kind === 'applied' && !outcome.after)).toBe(true);
  });

  it('is told again once a day while it lasts, with how often and since when', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    let request = 0;
    deny(world, () => ` (request ${++request}-af)`);
    await world.live(50 * 60);
    expect(failed(world).map(({ outcome }) => outcome?.kind === 'failed' && outcome.again?.times)).toEqual([
      undefined,
      289,
      577,
    ]);
  });

  it('for another reason is another refusal', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    deny(world);
    await world.live(30);
    world.ports.faults.faults = {
      call: (operation) => (operation === 'put' ? new PortError('throttled', 'Rate exceeded') : undefined),
    };
    await world.live(30);
    expect(failed(world).map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', message: DENIED.message },
      { kind: 'failed', message: 'Rate exceeded' },
    ]);
  });

  it('of steps to be taken back is told once, too', async () => {
    const world = await makeWorld();
    await world.live(10);
    world.ports.faults.faults = { call: (operation) => (operation === 'remove' ? DENIED : undefined) };
    world.tag({ 'evenkeel:mode': 'observe' });
    await world.live(60);
    expect(world.decisions('give-back')).toHaveLength(1);
    world.ports.faults.faults = {};
    await world.live(5);
    expect(world.decisions('give-back').at(-1)?.outcome).toMatchObject({
      kind: 'applied',
      after: { times: 12 },
    });
  });

  it('leaves an entry wherever a part was written', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    await world.live(10);
    let asked = 0;
    world.ports.faults.faults = {
      item: (operation) =>
        operation === 'put' && ++asked % 5 > 0 ? { code: 'denied', message: 'not this one' } : undefined,
    };
    await world.live(60);
    const partly = world.decisions('floors').filter(({ outcome }) => outcome?.kind === 'partly-applied');
    expect(partly.length).toBeGreaterThan(3);
  });

  it('is a refusal of its items where steps before it were written', async () => {
    const world = await makeWorld();
    await world.live(10);
    const [first, second] = (await world.ports.scheduledActions.list(world.ref)).filter(isOurs);
    world.ports.faults.faults = { call: (operation) => (operation === 'remove' ? DENIED : undefined) };
    const change = { put: [{ ...first!, minSize: 9 }], remove: [second!.name] };
    const steps = { change, standing: [first!, second!, home], room: 60 };
    const run = { ports: world.ports, group: world.group() };
    expect(await writeSteps(run, steps, { decisionId: 'x' })).toEqual({
      done: 1,
      refused: [{ name: second!.name, code: 'denied', message: DENIED.message }],
    });
    await expect(
      writeSteps(run, { ...steps, change: { ...change, put: [] } }, { decisionId: 'x' }),
    ).rejects.toBe(DENIED);
  });

  it('is never explained as the size the group has', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    deny(world);
    await world.live(10);
    expect(explainGroup(world.ports.ledger.all()).headline).toMatch(
      /^Evenkeel would keep at least \d+ instances, but AWS refuses the change; what stood before still stands\.$/,
    );
  });
});
