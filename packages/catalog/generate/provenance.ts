import type { CatalogPart } from '../catalog.ts';
import type { RawData } from './raw-data.ts';

/** Where each part comes from and of when it is. A part is as old as the oldest source that decides in it. */
export function provenanceOf(raw: RawData): readonly CatalogPart[] {
  const sources = Object.values(raw.priceSources);
  return [
    {
      part: 'facts',
      asOf: raw.factsAsOf,
      sources: [
        { name: 'getmoto/moto, DescribeInstanceTypes output', licence: 'Apache-2.0' },
        {
          name: 'Amazon EC2 User Guide, CPU credits and baselines (facts only)',
          licence: 'AWS documentation',
        },
      ],
    },
    {
      part: 'performance',
      asOf: raw.performanceAsOf,
      sources: [
        {
          name: 'vantage-sh/ec2instances.info, CoreMark results',
          licence: 'MIT, Copyright (c) 2013 Garret Heaton',
        },
      ],
    },
    {
      part: 'prices',
      asOf: sources.map((source) => source.asOf.slice(0, 10)).sort()[0] ?? '',
      sources: sources.map(({ name, licence }) => ({ name, licence })),
    },
    {
      part: 'spot',
      asOf: raw.advisorAsOf,
      sources: [
        { name: 'alexei-led/spotinfo, AWS Spot Instance Advisor feed', licence: 'Apache-2.0' },
        { name: `skypilot-org/skypilot-catalog, sampled rows of ${raw.sampleAsOf}`, licence: 'not stated' },
      ],
    },
  ];
}
