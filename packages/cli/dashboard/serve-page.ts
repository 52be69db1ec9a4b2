import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page served on this machine only. */
export interface ServedPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Nothing but the page's own style: no script, no picture from elsewhere, no frame around it. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * Serves what `page` gives, anew for each request, at the loopback address. Asked for by any other name than this machine's own, it refuses:
 * a page of somebody else's must not read it under a name that leads here. Rejects where the port is taken.
 */
export async function servePage(page: () => Promise<string>, port: number): Promise<ServedPage> {
  const server = createServer((request, response) => void answer(page, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  page: () => Promise<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, body: string): void => {
    response.writeHead(status, {
      ...HEADERS,
      ...(status === 200 ? {} : { 'content-type': 'text/plain; charset=utf-8' }),
    });
    response.end(request.method === 'HEAD' ? '' : body);
  };
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (name !== HOST && name !== 'localhost') return end(421, 'This page is for this machine alone.\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only to look at.\n');
  if (request.url !== '/') return end(404, 'There is one page: /\n');
  try {
    end(200, await page());
  } catch (error) {
    end(500, `${(error as Error).message}\nReload to try again.\n`);
  }
}
