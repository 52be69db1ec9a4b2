import { ESBUILD } from './bundle.ts';
import { type Context, granted } from './context.ts';
import { roleName, type Statement, writeLogs, writeTraces } from './permissions/index.ts';
import { type WorkName, workOf } from './work.ts';

export interface HandlerOptions {
  readonly work: WorkName;
  readonly permissions: $util.Output<readonly Statement[]>;
  readonly environment?: Readonly<Record<string, $util.Input<string>>>;
  /** Gives it an address that everybody may call: whoever it is must be checked by the function itself. */
  readonly isPublic?: true;
  /** Makes it a durable function: invocations are executions that may last for weeks. */
  readonly durable?: true;
  /** Where invocations go that failed after AWS's own retries; for functions that are invoked asynchronously. */
  readonly failuresTo?: $util.Output<string>;
}

/** An approval is waited for three days, AWS ends a refresh after fourteen, a day later it is verified. */
const EXECUTION_LASTS = '30 days';
/** How long an execution that ended can be looked at; as long its name is taken, so that a late start starts nothing. */
const EXECUTION_KEPT = '30 days';

/**
 * One function with a role of its own that may do exactly what is listed, and its log. Nothing is linked: SST's links grant whole
 * services.
 */
export function handler(context: Context, options: HandlerOptions) {
  const { stage, settings, account, region } = context;
  const { what, timeoutSeconds, memoryMegabytes } = workOf(options.work);
  const name = roleName(stage, options.work);
  const own = $resolve({ id: account, statements: options.permissions }).apply(
    ({ id, statements }): readonly Statement[] => [
      ...statements,
      writeLogs(`arn:aws:logs:${region}:${id}:log-group:/aws/lambda/${name}`),
      ...(settings.tracing ? [writeTraces()] : []),
    ],
  );
  return new sst.aws.Function(pascal(options.work), {
    name,
    handler: `functions/${options.work}.handler`,
    description: what,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: `${memoryMegabytes} MB`,
    timeout: `${timeoutSeconds} seconds`,
    nodejs: { minify: true, esbuild: ESBUILD },
    permissions: own.apply(granted),
    copyFiles: [{ from: context.settingsFile, to: 'evenkeel.json' }],
    environment: {
      EVENKEEL_STAGE: stage,
      EVENKEEL_ACCOUNT: account,
      EVENKEEL_SETTINGS: 'evenkeel.json',
      ...options.environment,
    },
    ...(options.durable && { durable: { timeout: EXECUTION_LASTS, retention: EXECUTION_KEPT } }),
    ...(options.isPublic && { url: { authorization: 'none', cors: false } }),
    logging: { format: 'json' },
    transform: {
      role(args) {
        args.name = name;
        // AWSLambdaBasicExecutionRole may write to every log of the account; ours may write to its own.
        args.managedPolicyArns = [];
      },
      logGroup(args) {
        args.retentionInDays = settings.logDays;
      },
      function(args) {
        if (settings.tracing) args.tracingConfig = { mode: 'Active' };
        if (options.failuresTo) args.deadLetterConfig = { targetArn: options.failuresTo };
      },
    },
  });
}

function pascal(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
