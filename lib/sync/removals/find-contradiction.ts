import { identifyEntry } from '../../mapping/ldap-identity.js';
import { createBelongingCheck } from '../belonging/belonging-check.js';
import type { GuardRefusal } from './guard.js';
import { lookUpPeople, type LookUpResult } from './look-up-people.js';
import { identityOf } from './row-identity.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { SweepState } from './sweep-state.js';

/**
 * Looks for missing people whom a direct look-up shows. Such a person proves that the sweep was not complete,
 * whatever the server said.
 */
export async function findContradiction(
  { seen }: SweepState,
  { changes, directory, settings, run }: RemovalDependencies,
): Promise<GuardRefusal | undefined> {
  const { idAttributes } = settings.mapping;
  // A person who now has another id was shown by the sweep, under that id.
  const isHidden = (where: LookUpResult): boolean =>
    where.kind === 'present' &&
    !where.isMembershipUnknown &&
    !seen.has(identifyEntry(where.entry, idAttributes)?.id ?? '');
  let hidden = 0;
  for await (const { rows } of changes.removals()) {
    const missing = rows.filter(({ because }) => because === 'missing-from-directory');
    if (missing.length === 0) continue;
    const lookedUp = await lookUpPeople(missing.map(identityOf), directory, {
      search: settings.search,
      attributes: idAttributes,
      signal: run.signal,
      check: createBelongingCheck({ ...settings, grants: {} }, { directory, signal: run.signal }),
    });
    for (const where of lookedUp.values()) if (isHidden(where)) hidden += 1;
  }
  if (hidden === 0) return undefined;
  return {
    allowed: false,
    code: 'sweep-contradicted',
    params: { people: hidden },
    reason:
      `A direct look-up shows ${hidden === 1 ? 'somebody' : `${hidden} people`} whom the sweep did not ` +
      'show, so it proves nothing about the others.',
    remedy:
      'Run the sync again; if this returns, ask the directory administrator why a search leaves ' +
      'entries out (a limit of the account, an access rule, a replica that lags behind).',
  };
}
