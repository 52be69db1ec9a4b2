import type { Settings } from '../functions/settings/settings.ts';
import type { Names, Statement } from './permissions/index.ts';
import { settingsFileOf, settingsOf } from './settings-file.ts';

/** What every part of the stack is built from. */
export interface Context {
  readonly stage: string;
  readonly production: boolean;
  readonly settings: Settings;
  /** The settings' file, which every function carries in its bundle. */
  readonly settingsFile: string;
  readonly account: $util.Output<string>;
  /** The region Evenkeel is deployed in; the first of the settings. */
  readonly region: string;
  readonly names: $util.Output<Names>;
}

export function createContext(): Context {
  const { stage } = $app;
  const settings = settingsOf(stage);
  const account = aws.getCallerIdentityOutput({}).accountId;
  return {
    stage,
    production: stage === 'production',
    settings,
    settingsFile: settingsFileOf(stage),
    account,
    region: settings.regions[0]!,
    names: account.apply((own) => ({ account: own, stage, regions: settings.regions })),
  };
}

/** Statements in the form SST's functions take. */
export function granted(statements: readonly Statement[]) {
  return statements.map(({ actions, resources, conditions }) => ({
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions: conditions.map((each) => ({ ...each, values: [...each.values] })) }),
  }));
}

/** Statements as a policy document, for roles of our own. */
export function policyOf(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, conditions }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(conditions && { Condition: conditionsOf(conditions) }),
    })),
  });
}

function conditionsOf(
  conditions: NonNullable<Statement['conditions']>,
): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) all[test] = { ...all[test], [variable]: values };
  return all;
}
