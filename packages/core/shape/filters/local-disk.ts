import type { ShapeFilter } from './shape-filter.ts';

/** Instance store where the workload uses it. */
export const localDisk: ShapeFilter = {
  name: 'local-disk',
  reject: ({ type }, { localDiskGB }) => {
    const has = type.localDiskGB ?? 0;
    if (has >= localDiskGB) return undefined;
    return { code: 'local-disk', bottleneck: 'local-disk', facts: { has, needs: localDiskGB } };
  },
};
