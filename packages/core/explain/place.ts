/** One account and region: what group names, events, limits and call budgets belong to. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Whether both are one account and region; places that are not known differ from every known one. */
export function isSamePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a?.account === b?.account && a?.region === b?.region;
}

/** The place as one string: the message group of its shards, so that one process at a time works on it (S26). */
export function placeKey({ account, region }: Place): string {
  return `${account}/${region}`;
}
