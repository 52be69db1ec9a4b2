import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ShapeHistory, sliceHistory } from '@evenkeel/core/shape';
import { readInstanceTraces } from '../../../packages/cli/bench-shapes/read-instance-traces.ts';

/** A past to choose on and a future to be judged on. */
export interface Case {
  readonly set: string;
  readonly name: string;
  readonly history: ShapeHistory;
  readonly future: ShapeHistory;
}

/** What each set is, for the report. */
export const SETS: Readonly<Record<string, string>> = {
  halves: 'the scored protocol: first half, second half',
  backwards: 'the same with time reversed',
  thirds: 'a third, then the next one, forwards and backwards',
  quarters: 'a quarter, then the next one, forwards and backwards',
  mixed: 'CPU of one machine, memory of a second, network of a third, each at a random size',
  'demand as CPU': 'demand traces as the CPU of a group, memory and network of a random machine',
  'demand as memory': 'demand traces as the memory of a machine, CPU and network of a random one',
};

/** Rows are five minutes apart in every case, 28 days at the most. */
const STEP_SECONDS = 300;
const MOST_ROWS = 8064;
const MIXES = 40;

/** Every case that the traces of a folder give, in an order that does not change from run to run. */
export async function heldOutCases(folder: string): Promise<readonly Case[]> {
  const machines = (await readInstanceTraces(folder, '/')).map(({ name, load }) => ({ name, load }));
  const random = createRandom(12_345);
  return [
    ...machines.flatMap((each) => cuts('halves', each, 2)),
    ...machines.flatMap((each) => cuts('backwards', reversed(each), 2)),
    ...machines.flatMap((each) => [each, reversed(each)]).flatMap((each) => cuts('thirds', each, 3)),
    ...machines.flatMap((each) => [each, reversed(each)]).flatMap((each) => cuts('quarters', each, 4)),
    ...Array.from({ length: MIXES }, () => mixed(machines, random)).flatMap((each) => cuts('mixed', each, 2)),
    ...demandTraces(folder).flatMap((demand) => fromDemand(demand, machines, random)),
  ];
}

interface Machine {
  readonly name: string;
  readonly load: ShapeHistory;
}

interface Demand {
  readonly name: string;
  /** 0 … about 1: the 99.9th percentile is 1. */
  readonly values: Float64Array;
}

/** Each of `parts` equal parts as history of the one after it. */
function cuts(set: string, { name, load }: Machine, parts: number): readonly Case[] {
  const length = Math.floor(load.cpu.length / parts);
  const ends = Array.from({ length: parts + 1 }, (_, i) =>
    i === parts && parts === 2 ? load.cpu.length : i * length,
  );
  return Array.from({ length: parts - 1 }, (_, i) => ({
    set,
    name: `${name} ${i + 1}/${parts}`,
    history: sliceHistory(load, ends[i]!, ends[i + 1]!),
    future: sliceHistory(load, ends[i + 1]!, ends[i + 2]!),
  }));
}

function reversed({ name, load }: Machine): Machine {
  const back = {
    ...load,
    cpu: load.cpu.toReversed(),
    memory: load.memory!.toReversed(),
    network: load.network!.toReversed(),
  };
  return { name: `${name} reversed`, load: back };
}

/** A machine put together from three, each part between 1/e and e times its size; half of them run backwards. */
function mixed(machines: readonly Machine[], random: () => number): Machine {
  const [a, b, c] = [pick(machines, random), pick(machines, random), pick(machines, random)];
  const backwards = random() < 0.5;
  const [cpu, memory, network] = [sized(a.load.cpu), sized(b.load.memory!), sized(c.load.network!)];
  const rows = Math.min(cpu.length, memory.length, network.length);
  const load = {
    instances: a.load.instances,
    cpu: cpu.slice(0, rows),
    memory: memory.slice(0, rows),
    network: network.slice(0, rows),
  };
  const machine = { name: `${a.name} + ${b.name} + ${c.name}`, load };
  return backwards ? reversed(machine) : machine;

  function sized(series: Float64Array): Float64Array {
    const factor = Math.exp(2 * random() - 1);
    return series.map((value) => value * factor);
  }
}

function demandTraces(folder: string): readonly Demand[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    readonly traces: readonly { kind: string; name: string; file: string; interval_seconds: number }[];
  };
  return index.traces
    .filter(({ kind }) => kind === 'demand')
    .flatMap(({ name, file, interval_seconds: seconds }) => {
      const rows = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
      const values = atStep(
        Float64Array.from(rows, (row) => Number(row.slice(row.indexOf(',') + 1))),
        seconds,
      );
      const length = Math.min(MOST_ROWS, values.length);
      const windows = Math.min(3, Math.floor(values.length / length));
      return Array.from({ length: windows }, (_, i) => ({
        name: `${name} ${i + 1}`,
        values: scaled(values.slice(i * length, (i + 1) * length)),
      }));
    });
}

/** Finer rows are averaged, coarser ones joined by straight lines. */
function atStep(values: Float64Array, seconds: number): Float64Array {
  const finer = Math.round(STEP_SECONDS / seconds);
  if (finer > 1) {
    return Float64Array.from({ length: Math.floor(values.length / finer) }, (_, i) => {
      const block = values.subarray(i * finer, (i + 1) * finer);
      return block.reduce((sum, value) => sum + value, 0) / finer;
    });
  }
  const coarser = Math.round(seconds / STEP_SECONDS);
  return Float64Array.from({ length: (values.length - 1) * coarser }, (_, i) => {
    const at = Math.floor(i / coarser);
    const share = i / coarser - at;
    return values[at]! * (1 - share) + values[at + 1]! * share;
  });
}

function scaled(values: Float64Array): Float64Array {
  const high = values.toSorted()[Math.floor(0.999 * (values.length - 1))] || 1;
  return values.map((value) => value / high);
}

/** A demand trace as the CPU of a group of some size, and once more as the memory of a machine of some size. */
function fromDemand(
  { name, values }: Demand,
  machines: readonly Machine[],
  random: () => number,
): readonly Case[] {
  const [a, b] = [pick(machines, random).load, pick(machines, random).load];
  const [vcpus, gib] = [pick([6, 15, 40], random), pick([1, 3, 10], random)];
  const { instances } = a;
  const repeat = (series: Float64Array): Float64Array => values.map((_, i) => series[i % series.length]!);
  const network = repeat(b.network!);
  const asCpu = { instances, cpu: values.map((value) => value * vcpus), memory: repeat(a.memory!), network };
  const memory = values.map((value) => Math.min(1.05, value) * gib);
  const asMemory = { instances, cpu: repeat(a.cpu), memory, network };
  return [
    ...cuts('demand as CPU', { name, load: asCpu }, 2),
    ...cuts('demand as memory', { name, load: asMemory }, 2),
  ];
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)]!;
}

/** A linear congruential generator (Numerical Recipes' constants): the same cases on any machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
