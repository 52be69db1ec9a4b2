import type { ShapeFilter } from './shape-filter.ts';

/** Where nobody measures memory, the present memory per vCPU is kept: less could be too little, and nothing would show it. */
export const unmeasuredMemory: ShapeFilter = {
  name: 'unmeasured-memory',
  reject: ({ type }, { history, present }) => {
    if (history.memory) return undefined;
    const [has, needs] = [type.memoryGiB / type.vcpus, present.memoryGiB / present.vcpus];
    if (has >= needs - TOLERANCE) return undefined;
    return { code: 'memory-unmeasured', bottleneck: 'memory', facts: { gibPerVcpu: has, present: needs } };
  },
};

/** Types of one kind differ by rounding: 3.75 and 3.7 GiB. */
const TOLERANCE = 0.1;
