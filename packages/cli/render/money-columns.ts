import type { Column } from './table.ts';

/** The columns of a table that shows money and risk before and after, a row for each `what`. */
export function moneyColumns(what: string): readonly Column[] {
  return [
    { title: what },
    { title: 'tier', align: 'right' },
    { title: '$ a month', align: 'right' },
    { title: 'change', align: 'right' },
    { title: 'hot min/d', align: 'right' },
    { title: 'launches/d', align: 'right' },
    { title: 'risk-adj.', align: 'right' },
  ];
}
