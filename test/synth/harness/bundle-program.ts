import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build } from 'esbuild';
import { REQUIRE_BANNER } from './esbuild.ts';

interface Provider {
  readonly package: string;
  readonly alias: string;
}

/**
 * Bundles `sst.config.ts` and what it imports the way the SST command does (the globals `$app`, `$dev`, `aws`, `sst` included) and gives
 * the file, which exports SST's own `run` and the app's `config`.
 */
export async function bundleProgram(root: string): Promise<string> {
  const platform = join(root, '.sst', 'platform');
  const providers = JSON.parse(
    readFileSync(join(root, '.sst', 'provider-lock.json'), 'utf8'),
  ) as readonly Provider[];
  const globals = [
    ...providers.map(({ alias, package: name }) => `import * as ${alias} from ${JSON.stringify(name)};`),
    `import * as sst from ${JSON.stringify(join(platform, 'src/components'))};`,
  ].join('\n');
  const outfile = join(platform, `synth.${process.pid}.mjs`);
  await build({
    stdin: {
      contents: `export { run } from ${JSON.stringify(join(platform, 'src/auto/run.ts'))};
                 export { default as config } from ${JSON.stringify(join(root, 'sst.config.ts'))};`,
      resolveDir: root,
      sourcefile: 'eval.ts',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    sourcemap: 'inline',
    logLevel: 'error',
    mainFields: ['module', 'main'],
    nodePaths: [join(platform, 'node_modules')],
    inject: [join(platform, 'src/shim/run.js')],
    define: { $app: 'globalThis.__synth.app', $cli: 'globalThis.__synth.cli', $dev: 'false' },
    banner: { js: REQUIRE_BANNER },
    external: [
      '@pulumi/*',
      '@pulumiverse/*',
      '@sst-provider/*',
      '@aws-sdk/*',
      'undici',
      'esbuild',
      'archiver',
      'glob',
      'vite',
    ],
    plugins: [
      {
        name: 'sst-globals',
        setup(on) {
          on.onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path.includes(`${sep}.sst${sep}`) || path.includes('node_modules')
              ? undefined
              : { contents: `${globals}\n${readFileSync(path, 'utf8')}`, loader: 'ts' },
          );
        },
      },
    ],
  });
  return outfile;
}
