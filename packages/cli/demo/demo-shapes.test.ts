import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import { messagesOf } from '@evenkeel/slack/messages';
import { describe, expect, it } from 'vitest';
import { EVENKEEL_BEGINS } from './calendar.ts';
import { APPROVERS } from './changes-of-shape.ts';
import { demoRegion } from './demo-region.ts';
import { readDemoTypes } from './demo-types.ts';
import { liveDemo } from './live-demo.ts';
import { demoWorkloads } from './workloads.ts';

const SEED = 1;
const workload = (name: string) => demoWorkloads(SEED).find((each) => each.name === name)!;

describe('changes of shape in the demo', () => {
  it("are the reviews' own: proposed in the night, approved by a person, begun with a canary that keeps its promise", async () => {
    const workloads = [workload('thumbnails')];
    const region = demoRegion(workloads, SEED, await readDemoTypes());
    const until = minute(EVENKEEL_BEGINS + MINUTES_PER_DAY);
    const entries = await liveDemo(region, { until, onMinute: () => {}, onDay: () => {} });
    const shapes = entries.filter(({ decision }) => decision?.kind.match(/^(shape|canary)/));
    expect(shapes.map(({ decision }) => decision?.kind)).toEqual([
      'shape-proposed',
      'shape-started',
      'canary-verdict',
    ]);
    const [proposed, started, verdict] = shapes;
    expect(proposed?.decision).toMatchObject({
      asks: true,
      to: { types: expect.arrayContaining(['c9g.large']) },
    });
    expect(proposed?.decision).toHaveProperty('choice.top');
    expect(started?.id).toBe(`rollout/${proposed?.id}/shape-started`);
    expect(started?.decision).toMatchObject({ approvedBy: 'kim' });
    expect(started?.at).toBeGreaterThan(APPROVERS[0]!.at);
    expect(verdict?.decision).toMatchObject({ verdict: 'same', next: 'finish' });
    const told = messagesOf(entries).map(({ text }) => text);
    expect(told).toContain('thumbnails: change its instances to c9g.large?');
    expect(told).toContain('thumbnails: the canary does what was promised: the change goes on');
  }, 60_000);

  it('meet types that do what the catalogue promises, but for the shop window', async () => {
    const { capacitiesOf, priceOf, architectureOf } = await readDemoTypes();
    const [window, thumbnails, licences] = ['storefront', 'thumbnails', 'licences'].map(workload);
    const promised = 1.4147;
    expect(capacitiesOf(window!)['m9g.large']).toBeCloseTo(0.8 * promised, 3);
    expect(capacitiesOf(window!)['m7g.large']).toBe(1);
    expect(capacitiesOf(thumbnails!)['c9g.large']).toBeGreaterThan(1.4);
    expect(priceOf('m7g.large')).toBe(window!.dollarsPerHour);
    expect([architectureOf(window!), architectureOf(licences!)]).toEqual(['arm64', 'x86_64']);
    expect(() => priceOf('m99.large')).toThrow(RangeError);
  });
});
