import * as z from 'zod/mini';

const Family = z.string().check(
  z.regex(/^[a-z][a-z0-9-]*\d[a-z0-9-]*$/, {
    error: (issue) => `"${String(issue.input)}" is no family of instance types; write one such as m7g`,
  }),
);

/** The part of the settings file that lets instance types be changed; without it nothing that could do so is deployed (S25). */
export const ShapeChangesFile = z.strictObject({
  instanceRoles: z.array(
    z.string().check(
      z.regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
        error: 'write the ARN of a role of your instances, such as arn:aws:iam::111111111111:role/web',
      }),
    ),
  ),
});

/** What the settings state of discounts (S23). */
export const PricesFile = z.strictObject({
  stated: z._default(z.array(Family), []),
  committed: z._default(
    z.record(
      Family,
      z
        .number()
        .check(
          z.gte(0, { error: 'write a share from 0 to 1' }),
          z.lte(1, { error: 'write a share from 0 to 1' }),
        ),
    ),
    {},
  ),
});
