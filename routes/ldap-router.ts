import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { LdapSyncError } from '../lib/errors.js';
import { identify, type Call } from './checks.js';
import { DATABASE_AWAY } from './database-guard.js';
import { readInput } from './read-input.js';
import { failed, send, type Answered, type Reply } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { createRoutes, type Route } from './routes.js';

/** The endpoints, relative to where the host mounts them. */
export function createLdapRouter(dependencies: RouterDependencies): Router {
  const { databaseGuard } = dependencies;
  const router = express.Router();
  for (const route of createRoutes(dependencies)) {
    router[route.method](
      `/ldap.${route.verb}`,
      (request: Request, response: Response, next: NextFunction) => {
        // Under Express 4 a rejected handler would leave the request hanging.
        answer(request, response, route).catch(next);
      },
    );
  }
  return router;

  async function answer(request: Request, response: Response, route: Route): Promise<void> {
    const reply = await databaseGuard.answer((answered) => call({ request, response }, route, answered));
    if (reply !== 'answered') send(response, reply);
  }

  async function call(
    { request, response }: Pick<Call, 'request' | 'response'>,
    route: Route,
    answered: AbortSignal,
  ): Promise<Reply | Answered> {
    try {
      const principal = await identify(dependencies, { request, response });
      if ('status' in principal) return principal;
      const known: Call = { request, response, principal };
      for (const check of route.checks) {
        const reply = await check(known);
        if (reply) return reply;
        // A caller who was told that nothing happened must not find later that it did.
        if (answered.aborted) return DATABASE_AWAY;
      }
      const read = readInput(request, route);
      return 'refusal' in read ? read.refusal : await route.handle({ ...known, input: read.input });
    } catch (error) {
      if (!(error instanceof LdapSyncError) || error.code === 'connection-not-open') throw error;
      return failed(error);
    }
  }
}
