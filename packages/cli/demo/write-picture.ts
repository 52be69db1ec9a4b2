/** `npm run docs:picture`: the busiest day of a workload of the demo as docs/pictures/WORKLOAD.svg, as the demo's page has it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utc } from '@evenkeel/core/explain';
import { busiestDay } from '../page/busiest-day.ts';
import { CHART_WIDTH } from '../page/page.ts';
import { standaloneSvg } from '../page/standalone-svg.ts';
import { svgChart } from '../page/svg-chart.ts';
import { demoPicture } from './demo-picture.ts';
import { demoRegion } from './demo-region.ts';
import { readDemoTypes } from './demo-types.ts';
import { liveDemo } from './live-demo.ts';
import { demoWorkloads } from './workloads.ts';

const SEED = 1;
const WORKLOAD = 'checkout';
const FOLDER = join(import.meta.dirname, '../../../docs/pictures');

const workloads = demoWorkloads(SEED);
const region = demoRegion(workloads, SEED, await readDemoTypes());
await liveDemo(region, {
  onMinute: () => {},
  onDay: ({ start }) => console.log(`${utc(start).slice(0, 10)} is lived`),
});
const picture = demoPicture(region, region.refs()[workloads.findIndex(({ name }) => name === WORKLOAD)]!);
const chart = svgChart(picture, {
  ...busiestDay(picture),
  width: CHART_WIDTH,
  height: 250,
  title: `${WORKLOAD} on its busiest day: need, and instances in service before and with Evenkeel`,
});
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, `${WORKLOAD}.svg`), standaloneSvg(chart));
