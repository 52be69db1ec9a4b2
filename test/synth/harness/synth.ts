import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuiltHandler } from './build-handler.ts';
import { bundleProgram } from './bundle-program.ts';
import { decode } from './decode.ts';
import { lookUp, outputsOf } from './outputs.ts';
import { policyDocument } from './policy-document.ts';
import type { PulumiRuntime, Register } from './pulumi.ts';
import { startRpcServer } from './rpc-server.ts';
import { holdRandomNames } from './steady-names.ts';

export interface SynthOptions {
  readonly root: string;
  readonly stage: string;
  readonly account: string;
}

/** One resource as the stacks ask for it. */
export interface SynthResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  /** Looked up, not created. */
  readonly read: boolean;
  /** A resource of a provider; false for components, which only group others. */
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface SynthResult {
  readonly app: Readonly<Record<string, unknown>>;
  readonly resources: readonly SynthResource[];
  /** By the ID SST gives the function. */
  readonly handlers: Readonly<Record<string, BuiltHandler>>;
  readonly errors: readonly string[];
}

interface Program {
  readonly run: (program: () => unknown) => unknown;
  readonly config: {
    readonly app: (input: { stage: string }) => Promise<Record<string, unknown>>;
    readonly run: () => unknown;
  };
}

const SETTLE_MS = 20;
const GIVE_UP_MS = 90_000;

/**
 * Runs the stack program against SST's real components under Pulumi's own mocks: no AWS, no Pulumi engine, no network. Handlers are really
 * bundled. One run per process (Pulumi keeps its state in module globals). Needs `preparePlatform`. It cannot tell whether AWS accepts a value.
 */
export async function synth(options: SynthOptions): Promise<SynthResult> {
  const root = resolve(options.root);
  const work = join(root, '.sst');
  const platform = join(work, 'platform');
  if (!existsSync(join(platform, 'config.d.ts'))) throw new Error(`${platform} is missing: prepare it first`);
  const { runtime } = createRequire(join(platform, 'package.json'))('@pulumi/pulumi') as {
    runtime: PulumiRuntime;
  };

  const errors: unknown[] = [];
  // An error inside an apply() leaves what depends on it unregistered for ever: report it and do not wait.
  const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();
  const fail = (error: unknown): void => {
    errors.push(error);
    setTimeout(() => stop(undefined), 500);
  };
  process.on('unhandledRejection', fail);
  const limit = setTimeout(() => fail(new Error(`not settled after ${GIVE_UP_MS} ms`)), GIVE_UP_MS);
  const rpc = await startRpcServer({ root, account: options.account, stage: options.stage, onError: fail });
  process.env.SST_SERVER = rpc.url;
  process.env.SST_SECRETS = '{}';
  const freeNames = holdRandomNames();
  const outfile = await bundleProgram(root);
  const place = { region: 'us-east-1', account: options.account };
  const resources = new Map<string, SynthResource>();
  try {
    await mock({ runtime, place, stage: options.stage, resources, fail });
    const context = {
      app: { name: 'synth', stage: options.stage, providers: {} } as Record<string, unknown>,
      cli: {
        command: 'deploy',
        dev: false,
        paths: { home: work, root, work, platform },
        state: { version: {} },
      },
    };
    Object.assign(globalThis, { __synth: context });
    const { run, config } = (await import(pathToFileURL(outfile).href)) as Program;
    context.app = {
      removal: 'retain',
      protect: false,
      ...(await config.app({ stage: options.stage })),
      stage: options.stage,
    };
    place.region = regionOf(context.app) ?? place.region;
    const program = async (): Promise<undefined> => {
      await runtime.runInPulumiStack(() => run(config.run));
      await settle(runtime, resources);
      return undefined;
    };
    await Promise.race([program().catch(fail), stopped]);
    return {
      app: context.app,
      resources: [...resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
      handlers: Object.fromEntries([...rpc.built].sort(([a], [b]) => (a < b ? -1 : 1))),
      errors: [...new Set(errors.map((error) => (error instanceof Error ? error.message : String(error))))],
    };
  } finally {
    clearTimeout(limit);
    process.off('unhandledRejection', fail);
    freeNames();
    rpc.close();
    rmSync(outfile, { force: true });
  }
}

async function mock(options: {
  readonly runtime: PulumiRuntime;
  readonly place: { readonly region: string; readonly account: string };
  readonly stage: string;
  readonly resources: Map<string, SynthResource>;
  readonly fail: (error: unknown) => void;
}): Promise<void> {
  const { runtime, place, resources, fail } = options;
  await runtime.setMocks(
    {
      newResource({ type, name, inputs, id: given }) {
        const facts = { name, inputs, ...place, ...(given && { lookedUp: given }) };
        return { id: given || `${name}-id`, state: { ...inputs, ...outputsOf(type, facts) } };
      },
      call({ token, inputs }) {
        if (token === 'aws:iam/getPolicyDocument:getPolicyDocument') return policyDocument(inputs);
        const answer = lookUp(token, place);
        if (!answer) fail(new Error(`no answer for the look-up ${token} ${JSON.stringify(inputs)}`));
        return answer ?? {};
      },
    },
    'synth',
    options.stage,
    false,
  );
  const monitor = runtime.getMonitor();
  const newUrn = monitor.newUrn.bind(monitor);
  // As the real engine does: the root stack's type is no part of a child's URN.
  monitor.newUrn = (parent, type, name) =>
    newUrn(parent?.includes('::pulumi:pulumi:Stack::') ? undefined : parent, type, name);
  for (const verb of ['registerResource', 'readResource'] as const) {
    monitor[verb] = noting(monitor[verb].bind(monitor), verb === 'readResource', resources, fail);
  }
}

/** Passes the request on and keeps what was asked for. */
function noting(
  original: Register,
  read: boolean,
  resources: Map<string, SynthResource>,
  fail: (error: unknown) => void,
): Register {
  return (request, callback) =>
    original(request, (error, response) => {
      if (error) fail(error);
      else {
        const wire = (request.getObject?.() ?? request.getProperties?.())?.toJavaScript() ?? {};
        const urn = response.getUrn();
        const parent = request.getParent();
        resources.set(urn, {
          urn,
          type: request.getType(),
          name: request.getName(),
          ...(parent && { parent }),
          read,
          custom: read || (request.getCustom?.() ?? false),
          protect: request.getProtect?.() ?? false,
          retainOnDelete: request.getRetainondelete?.() ?? false,
          inputs: decode(wire) as Readonly<Record<string, unknown>>,
        });
      }
      callback(error, response);
    });
}

/** Resources are registered inside apply()s: waits until nothing new has come for a while. */
async function settle(runtime: PulumiRuntime, resources: ReadonlyMap<string, unknown>): Promise<void> {
  for (let quiet = 0, last = -1; quiet < 5; last = resources.size) {
    await runtime.waitForRPCs();
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    quiet = resources.size === last ? quiet + 1 : 0;
  }
}

function regionOf(app: Readonly<Record<string, unknown>>): string | undefined {
  const providers = app.providers as { aws?: { region?: string } } | undefined;
  return providers?.aws?.region;
}
