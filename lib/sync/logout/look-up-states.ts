import type { Directory, DirectoryEntry, SweepEnd } from '../../directory/directory.js';
import { present } from '../../directory/filter/search-filter.js';
import { findNamingContext } from '../../directory/naming-context.js';
import { LdapSyncError } from '../../errors.js';
import { findDisabling, toStateAttributes, type StateAttribute } from '../../mapping/active-state.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { MappingSettings, SyncSettings } from '../../settings/sync-settings.js';
import { lookUpBatch } from '../removals/look-up-batch.js';

/** What the directory says of somebody who is signed in. */
export type SignedInState =
  | { readonly kind: 'disabled'; readonly dn: string; readonly by: StateAttribute }
  /** There, and not shown as disabled; also where it cannot be seen. */
  | { readonly kind: 'present' }
  /** Several entries have the id, so nothing is known. */
  | { readonly kind: 'several' }
  /** Not under the base. Whether the person is gone was not asked, or there was no certain answer. */
  | { readonly kind: 'not-found' }
  /** In no part of the directory that was searched, and everything was. */
  | { readonly kind: 'gone' };

export interface StateQuestion {
  readonly search: Pick<SyncSettings['search'], 'baseDN' | 'pageSize'>;
  /** What counts as being disabled. */
  readonly rules: MappingSettings;
  readonly signal: AbortSignal;
  /** Whether to find out who is gone: by looking in the whole naming context, too. */
  readonly asksWhoIsGone: boolean;
}

export interface StateAnswers {
  readonly states: ReadonlyMap<string, SignedInState>;
  /** Why it is not known of those who were not found whether they are gone. */
  readonly doubt?: string;
}

const REFERRED = 'The directory refers to another server for a part of it.';

/**
 * Looks a batch of people up by their immutable ids, anywhere under the base: a filter that leaves disabled people out
 * must not hide them here. Rejects when the directory cannot answer; then nothing is known of anybody of the batch.
 */
export async function lookUpStates(
  batch: readonly LdapIdentity[],
  directory: Directory,
  { search, rules, signal, asksWhoIsGone }: StateQuestion,
): Promise<StateAnswers> {
  const found = new Map<string, SignedInState & { readonly dn: string }>();
  let doubt: string | undefined;
  await ask(search.baseDN);
  if (asksWhoIsGone && waiting().length > 0) await askEverywhere();
  const absent: SignedInState = { kind: asksWhoIsGone && doubt === undefined ? 'gone' : 'not-found' };
  return {
    states: new Map(batch.map(({ id }) => [id, found.get(id) ?? absent])),
    ...(asksWhoIsGone && doubt !== undefined && waiting().length > 0 ? { doubt } : {}),
  };

  function waiting(): readonly LdapIdentity[] {
    return batch.filter(({ id }) => !found.has(id));
  }

  async function ask(baseDN: string): Promise<void> {
    await lookUpBatch(waiting(), directory, {
      where: { baseDN, scope: 'sub', filter: present('objectClass'), pageSize: search.pageSize },
      attributes: toStateAttributes(rules),
      signal,
      visit: ({ id }, entry) => void found.set(id, toState(entry, found.get(id))),
      ended,
    });
  }

  async function askEverywhere(): Promise<void> {
    try {
      const context = await findNamingContext(directory, search.baseDN, signal);
      if (context !== undefined) await ask(context);
    } catch (error) {
      // What was found under the base is known all the same.
      if (!(error instanceof LdapSyncError) || error.code !== 'directory-search') throw error;
      doubt = error.message;
    }
  }

  function ended(end: SweepEnd): void {
    if (!end.complete && end.reason === 'referral') doubt = REFERRED;
  }

  function toState(
    entry: DirectoryEntry,
    before: { readonly dn: string } | undefined,
  ): SignedInState & { readonly dn: string } {
    const { dn } = entry;
    if (before && before.dn !== dn) return { kind: 'several', dn };
    const by = findDisabling(entry, rules);
    return by === undefined ? { kind: 'present', dn } : { kind: 'disabled', dn, by };
  }
}
