import { isDry } from '../lib/sync/run/run-kinds.js';
import type { Explanation } from '../lib/explain/explain-user.js';
import type { PastRun } from '../lib/explain/past-runs.js';
import { isActive } from '../models/active-user.js';
import type { UserRecord } from '../models/user.js';
import type { AnswerOf } from './endpoints/endpoint.js';
import type { Endpoints } from './endpoints/endpoints.js';
import type { Handle, Sent } from './handler.js';
import { ok, refused, type Refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { cutTexts, toChangeBody } from './run-body.js';
import { toAsked } from './schemas/asked-person.js';

/** Addresses and roles of a user that are shown. */
const MAX_ITEMS = 100;

/** `GET ldap.explainUser`: why somebody looks as they do, and what a sync would do to them. Reads only. */
export function createExplainUserRoute({
  explainUser,
}: Pick<RouterDependencies, 'explainUser'>): Handle<'explainUser'> {
  return async ({ input }) => {
    const asked = toAsked(input);
    const result = await explainUser(asked);
    switch (result.kind) {
      case 'explained':
        return ok({ asked: { [asked.by]: asked.text }, ...toBody(result.explanation) });
      case 'ldap-disabled':
        return refused('LDAP_disabled');
      case 'not-found':
        return refused('User not found');
      case 'invalid-settings':
        return refusedWith('invalid-settings', 'The settings make a sync impossible.', {
          problems: result.problems,
        });
      case 'several':
        return refusedWith(
          'several-entries',
          `Several entries match, among them ${result.dns.join(' and ')}.`,
          {
            dns: result.dns,
            remedy:
              'Ask for one of them with dn=, and give each person their own user name and addresses in ' +
              'the directory.',
          },
        );
    }
  };
}

function refusedWith(errorType: string, error: string, details: object): Refused {
  return { status: 400, body: { success: false, error, errorType, details } };
}

function toBody({
  user,
  changes,
  runs,
  ...rest
}: Explanation): Sent<Omit<AnswerOf<Endpoints['explainUser']>, 'asked'>> {
  return {
    ...rest,
    user: user ? toUserBody(user) : null,
    changes: changes.map((row) => toChangeBody(row, true)),
    runs: runs.map(toRunBody),
  };
}

/** Field by field, so that no other field of the host's document gets into the answer. */
function toUserBody(user: UserRecord) {
  const { _id, username, name, emails, roles, services, ldapSync } = user;
  const { id, idAttribute } = services?.ldap ?? {};
  const { deactivatedAt, deactivatedBecause, deactivatedByRun } = ldapSync ?? {};
  return cutTexts({
    _id,
    username,
    name,
    emails: toEmails(emails),
    active: isActive(user),
    roles: Array.isArray(roles) ? roles.slice(0, MAX_ITEMS) : roles,
    ldap: id === undefined ? null : { id, idAttribute },
    ldapSync:
      deactivatedBecause === undefined ? null : { deactivatedAt, deactivatedBecause, deactivatedByRun },
  });
}

/** Whatever a host has stored there. */
function toEmails(emails: unknown) {
  if (!Array.isArray(emails)) return undefined;
  return (emails as readonly unknown[]).slice(0, MAX_ITEMS).flatMap((email) => {
    const { address } = Object(email) as { address?: unknown };
    return typeof address === 'string' ? [{ ...(email as object), address }] : [];
  });
}

function toRunBody({ runId, at, report, rows }: PastRun) {
  const { kind, requestedBy, state } = report ?? {};
  return {
    runId,
    at,
    kind,
    requestedBy,
    state,
    rows: rows.map((row) => toChangeBody(row, isDry(kind))),
  };
}
