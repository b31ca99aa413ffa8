import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { LdapSyncError } from '../errors.js';
import { createPageFiles, type PageFiles } from './page-files.js';
import type { PageOptions } from './page-options.js';
import { toSecurityPolicy } from './security-policy.js';

const DEFAULT_API = '/api/v1';
/** Where the built `index.html` wants the address of the API. */
const API_MARK = '{{api}}';
const A_YEAR = 'public, max-age=31536000, immutable';

/**
 * The admin page: `index.html` and the files that it names, at whatever path the host mounts it. Touches
 * neither the database nor the directory, so that it comes up while these are away.
 */
export function createPageRouter(
  { api = DEFAULT_API, frameAncestors = [] }: PageOptions = {},
  readFiles: () => Promise<PageFiles> = createPageFiles(),
): Router {
  const policy = toSecurityPolicy(frameAncestors);
  const router = express.Router();
  router.get('/', telling(showIndex));
  router.get('/assets/:name', telling(showAsset));
  return router;

  async function showIndex(request: Request, response: Response): Promise<void> {
    const [path = '/'] = request.originalUrl.split('?');
    if (!path.endsWith('/')) {
      // Relative, so that the prefix of a proxy stays.
      response.writeHead(302, { Location: `./${path.slice(path.lastIndexOf('/') + 1)}/` }).end();
      return;
    }
    const { index } = await readFiles();
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Referrer-Policy', 'no-referrer');
    // Not by a pattern: a path may hold what `replace` takes for one.
    const html = index.split(API_MARK).join(escapeHtml(api));
    send(response, { body: html, type: 'text/html; charset=utf-8', cache: 'no-store' });
  }

  async function showAsset(request: Request<{ name: string }>, response: Response): Promise<void> {
    const file = (await readFiles()).assets.get(request.params.name);
    if (!file) {
      response.statusCode = 404;
      send(response, { body: 'There is no such file.', type: 'text/plain', cache: 'no-store' });
      return;
    }
    const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.setHeader('Vary', 'Accept-Encoding');
    if (isZipped) response.setHeader('Content-Encoding', 'gzip');
    send(response, { body: isZipped ? file.zipped : file.bytes, type: file.type, cache: A_YEAR });
  }
}

/** Says which command builds the page where it was not; everything else is the host's to answer. */
function telling<Params>(show: (request: Request<Params>, response: Response) => Promise<void>) {
  return (request: Request<Params>, response: Response, next: NextFunction): void => {
    show(request, response).catch((error: unknown) => {
      if (!(error instanceof LdapSyncError) || response.headersSent) return next(error);
      response.statusCode = 503;
      const body = `${error.message} ${error.remedy ?? ''}\n`;
      send(response, { body, type: 'text/plain; charset=utf-8', cache: 'no-store' });
    });
  };
}

function send(
  response: Response,
  { body, type, cache }: { readonly body: string | Buffer; readonly type: string; readonly cache: string },
): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', cache);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(body);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}
