import { createServer } from 'node:http';
import { type BuildRequest, type BuiltHandler, buildHandler } from './build-handler.ts';

export interface RpcServer {
  readonly url: string;
  readonly built: ReadonlyMap<string, BuiltHandler>;
  readonly close: () => void;
}

/** Answers what SST's components ask the SST command while they run. Errors of a build are also told to `onError`. */
export async function startRpcServer(options: {
  readonly root: string;
  readonly account: string;
  /** Each stage has its bundles in a folder of its own. */
  readonly stage: string;
  readonly onError: (error: unknown) => void;
}): Promise<RpcServer> {
  const built = new Map<string, BuiltHandler>();
  const bootstrap = {
    asset: 'sst-asset-bucket',
    assetEcrRegistryId: options.account,
    assetEcrUrl: 'ecr',
    state: 'sst-state-bucket',
    appsyncHttp: '',
    appsyncRealtime: '',
  };

  const answer = async (method: string, params: readonly unknown[]): Promise<object> => {
    if (method === 'Provider.Aws.Bootstrap') return { result: bootstrap };
    if (method !== 'Runtime.Build') return { error: `rpc: can't find method ${method}` };
    const request = params[0] as BuildRequest;
    const result = await buildHandler(options.root, request, `bundles-${options.stage}`);
    if (result.built) built.set(request.functionID, result.built);
    for (const message of result.answer.errors) options.onError(new Error(message));
    return { result: result.answer };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        method: string;
        params: readonly unknown[];
      };
      answer(method, params).then(
        (payload) => response.end(JSON.stringify(payload)),
        (error: unknown) => {
          options.onError(error);
          response.end(JSON.stringify({ error: String(error) }));
        },
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the RPC server has no port');
  return { url: `http://127.0.0.1:${address.port}`, built, close: () => server.close() };
}
