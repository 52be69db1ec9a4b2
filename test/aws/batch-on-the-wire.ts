import { type FrontAnswer, queryResult } from './front.ts';

const MEMBER = /^(ScheduledUpdateGroupActions\.member)\.(\d+)\.(.+)$/;

/** The names of the actions in a form-encoded batch put. */
export function actionNames(body: string): readonly string[] {
  return [...new URLSearchParams(body)]
    .filter(([key]) => MEMBER.exec(key)?.[3] === 'ScheduledActionName')
    .map(([, name]) => name);
}

/** Takes the members' fields of one action out of a form-encoded batch put and numbers the others anew. */
export function withoutAction(body: string, name: string): string {
  const fields = [...new URLSearchParams(body)];
  const failing = Number(fields.find(([, value]) => value === name)?.[0].match(MEMBER)?.[2]);
  const kept = fields.flatMap(([key, value]): [string, string][] => {
    const [, list, number, field] = MEMBER.exec(key) ?? [];
    if (number === undefined) return [[key, value]];
    if (Number(number) === failing) return [];
    return [[`${list}.${Number(number) - (Number(number) > failing ? 1 : 0)}.${field}`, value]];
  });
  return new URLSearchParams(kept).toString();
}

/** The answer to a batch put of which some items failed, as AWS gives it. */
export function failedActions(
  failures: readonly { readonly name: string; readonly code: string; readonly message: string }[],
): FrontAnswer {
  const members = failures.map(
    ({ name, code, message }) =>
      `<member><ScheduledActionName>${name}</ScheduledActionName><ErrorCode>${code}</ErrorCode><ErrorMessage>${message}</ErrorMessage></member>`,
  );
  return queryResult(
    'BatchPutScheduledUpdateGroupAction',
    `<FailedScheduledUpdateGroupActions>${members.join('')}</FailedScheduledUpdateGroupActions>`,
  );
}
