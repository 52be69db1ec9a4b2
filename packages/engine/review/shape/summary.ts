import type {
  RankedSummary,
  RejectedSummary,
  ShapeAndCount,
  ShapeChoiceSummary,
} from '@evenkeel/core/explain';
import { HOURS_PER_MONTH } from '@evenkeel/core/quantities';
import type { InstanceType, RankedShape, RejectedShape, ShapeChoice } from '@evenkeel/core/shape';
import { capacityRatio, type ReplayedShape } from '@evenkeel/core/shape';
import type { ShapeLook } from './look-at-shape.ts';
import { SHAPE_DAYS } from './shape-load.ts';

/** So many more names stand beside an example. */
const OTHERS = 3;

/** The part of a choice that goes into the ledger; undefined where the present type has no price. */
export function summaryOf(choice: ShapeChoice, look: ShapeLook): ShapeChoiceSummary | undefined {
  if (choice.present === undefined) return undefined;
  const { question, load, zonesAtRisk, run } = look;
  return {
    considered: question.entries.length,
    present: rankedSummary(choice.present, look),
    top: choice.top.map((shape) => rankedSummary(shape, look)),
    rejected: rejectedSummaries(
      choice.rejected.filter(({ type }) => type !== look.present.name),
      look,
    ),
    ...(choice.verdict && { verdict: choice.verdict }),
    historyDays: SHAPE_DAYS,
    memory: load.history.memory ? 'measured' : 'present',
    zonesAtRisk,
    priceBasis: run.settings.prices.stated.includes(look.present.family) ? 'stated' : 'list',
  };
}

/** The group as it is: its types, and how many of them there are on average. */
export function shapeNow({ run, present, spotShare, played }: ShapeLook): ShapeAndCount {
  const { instanceTypes, architecture = present.architectures[0] } = run.group.shape;
  return {
    types: instanceTypes,
    ...(architecture && { architecture }),
    ...(spotShare > 0 && { spotShare }),
    count: Math.max(1, Math.round(played(1).billed)),
  };
}

/** The group as it would have been lately with another type; undefined where the type does not fit. */
export function playedWith(type: InstanceType, look: ShapeLook): ReplayedShape | undefined {
  const { load, present } = look;
  const { history } = load;
  const { ratio } = capacityRatio(type, { history, present, context: look.context });
  const capacity = Math.floor(ratio * 100) / 100;
  return capacity > 0 ? look.played(capacity) : undefined;
}

function rankedSummary({ candidate, cost }: RankedShape, look: ShapeLook): RankedSummary {
  const { entry, usdPerInstanceHour } = candidate;
  const played = playedWith(entry.type, look);
  const count = played?.billed ?? candidate.count;
  return {
    type: entry.type.name,
    count: Number(count.toFixed(1)),
    peak: played?.peak ?? candidate.count,
    dollarsPerMonth: dollars(count * usdPerInstanceHour),
    withRisk: dollars(cost.riskAdjustedUsd),
  };
}

function dollars(usdPerHour: number): number {
  return Number((usdPerHour * HOURS_PER_MONTH).toFixed(2));
}

/** Types that are out for one reason together, with the one that tells the most: the cheapest, else the most like the present one. */
function rejectedSummaries(rejected: readonly RejectedShape[], look: ShapeLook): readonly RejectedSummary[] {
  const types = new Map(look.question.entries.map(({ type }) => [type.name, type]));
  const farness = ({ type, excuse }: RejectedShape): number =>
    typeof excuse.facts.usdPerHour === 'number' && excuse.code === 'dearer'
      ? excuse.facts.usdPerHour
      : unlike(types.get(type), look.present);
  const groups = Map.groupBy(rejected, ({ excuse }) => `${excuse.code} ${excuse.bottleneck}`).values();
  return [...groups]
    .map((own): RejectedSummary => {
      const [example, ...rest] = own.toSorted((a, b) => farness(a) - farness(b)) as [
        RejectedShape,
        ...RejectedShape[],
      ];
      const others = rest.slice(0, OTHERS).map(({ type }) => type);
      return { types: own.length, example: compact(example), others };
    })
    .sort((a, b) => b.types - a.types || (a.example.type < b.example.type ? -1 : 1));
}

/** How far a type is from another in size and kind; small numbers are alike. */
function unlike(type: InstanceType | undefined, present: InstanceType): number {
  if (type === undefined) return Number.POSITIVE_INFINITY;
  const size = Math.abs(Math.log2(type.vcpus / present.vcpus));
  const kind = type.series === present.series ? 0 : 1;
  return size + kind + Math.abs(type.generation - present.generation) / 100;
}

/** Numbers as the ledger keeps them. */
function compact({ type, excuse }: RejectedShape): RejectedShape {
  const facts = Object.entries(excuse.facts).map(
    ([name, value]) =>
      [
        name,
        typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value,
      ] as const,
  );
  return { type, excuse: { ...excuse, facts: Object.fromEntries(facts) } };
}
