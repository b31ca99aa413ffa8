import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { LdapSyncError } from '../lib/errors.js';
import {
  checkBody,
  checkPermission,
  checkRateLimit,
  checkSecondFactor,
  identify,
  type Call,
  type Check,
} from './checks.js';
import { createDecisionRoutes } from './decisions.js';
import { createExplainUserRoute } from './explain-user.js';
import { failed, FORBIDDEN, refused, send, type Answered, type Reply } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { createRunEventStream } from './run-events.js';
import { createRunReports } from './run-reports.js';
import { createStatus } from './status.js';
import { createSyncNow } from './sync-now.js';
import { createTestRoutes } from './test-routes.js';

interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** In the order of the contract. */
  readonly checks: readonly Check[];
  readonly handle: (call: Call) => Promise<Reply | Answered>;
}

const SYNC = 'sync-auth-services-users';
const TEST = 'test-admin-options';

/** The endpoints, relative to wherever the host mounts them. */
export function createLdapRouter(dependencies: RouterDependencies): Router {
  const { authorize, rateLimit, pollingRateLimit, verifySecondFactor } = dependencies;
  const reports = createRunReports(dependencies);
  const decisions = createDecisionRoutes(dependencies);
  const tests = createTestRoutes(dependencies);
  const maySync = checkPermission(authorize, SYNC, refused('error-not-authorized'));
  const mayRead = checkPermission(authorize, SYNC, FORBIDDEN);
  const mayTest = checkPermission(authorize, TEST, FORBIDDEN);
  const limited = (path: string): Check => checkRateLimit(rateLimit, path);
  const polled = (path: string): Check => checkRateLimit(pollingRateLimit, path);

  /** Whoever asks for this has just proved again who they are. */
  const sure = (path: string): readonly Check[] => [
    limited(path),
    checkBody,
    checkSecondFactor(verifySecondFactor),
    maySync,
  ];

  const routes: readonly Route[] = [
    {
      method: 'post',
      path: '/ldap.syncNow',
      checks: sure('syncNow'),
      handle: createSyncNow(dependencies, 'sync'),
    },
    {
      method: 'post',
      path: '/ldap.previewSync',
      checks: sure('previewSync'),
      handle: createSyncNow(dependencies, 'preview'),
    },
    { method: 'post', path: '/ldap.approveRun', checks: sure('approveRun'), handle: decisions.approveRun },
    { method: 'post', path: '/ldap.rejectRun', checks: sure('rejectRun'), handle: decisions.rejectRun },
    { method: 'post', path: '/ldap.revertRun', checks: sure('revertRun'), handle: decisions.revertRun },
    // Ending a run takes nothing away, and may be urgent: no second factor.
    {
      method: 'post',
      path: '/ldap.cancelRun',
      checks: [mayRead, limited('cancelRun'), checkBody],
      handle: decisions.cancelRun,
    },
    { method: 'get', path: '/ldap.runInfo', checks: [mayRead, polled('runInfo')], handle: reports.runInfo },
    {
      method: 'get',
      path: '/ldap.listRuns',
      checks: [mayRead, polled('listRuns')],
      handle: reports.listRuns,
    },
    {
      method: 'get',
      path: '/ldap.runChanges',
      checks: [mayRead, polled('runChanges')],
      handle: reports.runChanges,
    },
    {
      method: 'get',
      path: '/ldap.userHistory',
      checks: [mayRead, polled('userHistory')],
      handle: reports.userHistory,
    },
    {
      method: 'get',
      path: '/ldap.explainUser',
      checks: [mayRead, limited('explainUser')],
      handle: createExplainUserRoute(dependencies),
    },
    {
      method: 'get',
      path: '/ldap.status',
      checks: [mayRead, polled('status')],
      handle: createStatus(dependencies),
    },
    {
      method: 'get',
      path: '/ldap.runEvents',
      checks: [mayRead, polled('runEvents')],
      handle: createRunEventStream({ ...dependencies, permission: SYNC }),
    },
    {
      method: 'post',
      path: '/ldap.testConnection',
      checks: [mayTest, limited('testConnection'), checkBody],
      handle: tests.testConnection,
    },
    {
      method: 'post',
      path: '/ldap.testSearch',
      checks: [mayTest, limited('testSearch'), checkBody],
      handle: tests.testSearch,
    },
  ];

  const router = express.Router();
  for (const { method, path, checks, handle } of routes) {
    router[method](path, (request: Request, response: Response, next: NextFunction) => {
      // Under Express 4 a rejected handler would leave the request hanging.
      answer(request, response, checks, handle).catch(next);
    });
  }
  return router;

  async function answer(
    request: Request,
    response: Response,
    checks: readonly Check[],
    handle: Route['handle'],
  ): Promise<void> {
    try {
      const principal = await identify(dependencies, { request, response });
      if ('status' in principal) return send(response, principal);
      const call: Call = { request, response, principal };
      for (const check of checks) {
        const reply = await check(call);
        if (reply) return send(response, reply);
      }
      const reply = await handle(call);
      if (reply !== 'answered') send(response, reply);
    } catch (error) {
      if (!(error instanceof LdapSyncError)) throw error;
      send(response, failed(error));
    }
  }
}
