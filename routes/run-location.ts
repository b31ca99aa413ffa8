import type { Request } from 'express';

/** Where a run can be watched: told in a header, since the contract allows nothing more in the body. */
export function toRunLocation(request: Request, runId: string): { readonly Location: string } {
  return { Location: `${request.baseUrl}/ldap.runInfo?runId=${encodeURIComponent(runId)}` };
}
