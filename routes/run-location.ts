import type { Request } from 'express';
import type { Principal } from '../lib/auth/principal.js';
import type { Requester } from '../models/run-report.js';

/** Where a run can be watched: told in a header, since the contract allows nothing more in the body. */
export function toRunLocation(request: Request, runId: string): { readonly Location: string } {
  return { Location: `${request.baseUrl}/ldap.runInfo?runId=${encodeURIComponent(runId)}` };
}

export function toRequester({ userId, username }: Principal): Requester {
  return { _id: userId, ...(username === undefined ? {} : { username }) };
}
