import type { Context } from './context.ts';

/** The one table: two keys, items that expire by themselves, restorable to any second of the last 35 days. */
export function storage({ production }: Context) {
  const table = new sst.aws.Dynamo('Table', {
    fields: { pk: 'string', sk: 'string' },
    primaryIndex: { hashKey: 'pk', rangeKey: 'sk' },
    ttl: 'expires',
    deletionProtection: production,
  });
  return { table };
}

export type Storage = ReturnType<typeof storage>;
