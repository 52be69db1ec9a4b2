import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { REQUIRE_BANNER } from './esbuild.ts';

/** What SST's components ask the SST command to build. */
export interface BuildRequest {
  readonly functionID: string;
  readonly handler: string;
  readonly copyFiles?: readonly { readonly from: string; readonly to?: string }[];
  readonly properties?: {
    readonly minify?: boolean;
    readonly install?: Readonly<Record<string, string>>;
    readonly esbuild?: { readonly external?: readonly string[]; readonly keepNames?: boolean };
  };
}

/** A handler as it would be deployed. */
export interface BuiltHandler {
  readonly handler: string;
  readonly bytes: number;
  /** The folder with the bundle and what is copied beside it. */
  readonly out: string;
  /** SDK commands that are in the bundle, hence reachable from the handler: `auto-scaling:DescribePolicies`. */
  readonly commands: readonly string[];
  /** SDK clients in the bundle: `ec2`. */
  readonly clients: readonly string[];
}

export interface BuildAnswer {
  readonly handler: string;
  readonly out: string;
  readonly errors: readonly string[];
  readonly sourcemaps: readonly string[];
}

const COMMAND = /@aws-sdk\/client-([a-z0-9-]+)\/dist-es\/commands\/(\w+)Command\.js$/;
const CLIENT = /@aws-sdk\/client-([a-z0-9-]+)\/dist-es\/\w+Client\.js$/;

/** Bundles one handler as SST does: minified, SDK inside; a missing file or export is an error of the answer. */
export async function buildHandler(
  root: string,
  request: BuildRequest,
  folder = 'bundles',
): Promise<{ readonly answer: BuildAnswer; readonly built?: BuiltHandler }> {
  const { dir, name, ext } = parse(request.handler);
  const source = join(root, dir, `${name}.ts`);
  const out = join(root, '.sst', 'synth', folder, request.functionID);
  const refuse = (message: string) => ({ answer: { handler: '', out, errors: [message], sourcemaps: [] } });
  if (!existsSync(source)) return refuse(`Handler not found: ${request.handler}`);

  const { minify = true, install = {}, esbuild = {} } = request.properties ?? {};
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { metafile, warnings } = await build({
    entryPoints: [source],
    outfile: join(out, 'bundle.mjs'),
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'es2024',
    mainFields: ['module', 'main'],
    keepNames: esbuild.keepNames ?? true,
    minify,
    external: ['sharp', 'pg-native', ...Object.keys(install), ...(esbuild.external ?? [])],
    banner: { js: REQUIRE_BANNER },
    logLevel: 'silent',
  });
  // A name that is imported but not exported is only a warning to esbuild; deployed, it is a function that does not start.
  const missing = warnings.find(({ id }) => id === 'import-is-undefined');
  if (missing) return refuse(`${request.handler}: ${missing.text}`);
  for (const { from, to } of request.copyFiles ?? []) cpSync(resolve(root, from), join(out, to ?? from));
  const output = Object.values(metafile.outputs).find((each) => each.entryPoint !== undefined);
  const wanted = ext.slice(1);
  if (!output?.exports.includes(wanted))
    return refuse(`${request.handler}: ${source} has no export "${wanted}"`);
  return {
    answer: { handler: `bundle${ext}`, out, errors: [], sourcemaps: [] },
    built: { handler: request.handler, out, bytes: output.bytes, ...sdkParts(output) },
  };
}

/** What of the SDK survived tree shaking: only what the handler can reach. */
function sdkParts(output: Metafile['outputs'][string]): Pick<BuiltHandler, 'commands' | 'clients'> {
  const paths = Object.entries(output.inputs)
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => path);
  const commands = paths.flatMap((path) => {
    const [, client, operation] = COMMAND.exec(path) ?? [];
    return client && operation ? [`${client}:${operation}`] : [];
  });
  const clients = paths.flatMap((path) => CLIENT.exec(path)?.[1] ?? []);
  return { commands: [...new Set(commands)].sort(), clients: [...new Set(clients)].sort() };
}
