import { LdapSyncError } from '../../errors.js';
import type { Directory, OpenDirectory, SearchQuery } from '../directory.js';
import { findSecretInFilter } from '../secret-attributes.js';
import { describeProduct, type RootValues, type ServerCertificate } from '../server-description.js';
import { AwayError } from './away-error.js';
import { toStopped } from './connection-errors.js';
import { findDomainScope, mayLeaveDomain, NO_SCOPE, type DomainScope } from './domain-scope.js';
import { findHosts } from './find-hosts.js';
import { openFirst, toAllAway, type OpenedHost } from './open-first.js';
import type { AcceptedSizes } from './page-sizes.js';
import { toNamedError } from './port-errors.js';
import { readCertificate } from './read-certificate.js';
import { readRootEntry } from './root-entry.js';
import type { SearchTerms } from './search-page.js';
import { sweepHost } from './sweep-host.js';
import { askWhoAmI } from './who-am-i.js';

/** The server that is asked now, and what is known of it. */
interface Host extends OpenedHost {
  readonly terms: SearchTerms;
  readonly accepted: AcceptedSizes;
  readonly scopes: Map<string, DomainScope>;
  root?: Promise<RootValues | undefined>;
  certificate?: ServerCertificate | undefined;
}

/** LDAP over ldapjs. */
export const openLdapDirectory: OpenDirectory = async (address, signal) => {
  const closing = new AbortController();
  const ending = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  let host = toHost(await openFirst(await findHosts(address, signal), [], signal));
  const away: AwayError[] = [];
  /** The server has answered a search: from now on, it is this one or none. */
  let isSettled = false;
  let isBusy = false;

  function claim(): void {
    if (isBusy) throw new TypeError('A directory serves one sweep after the other.');
    isBusy = true;
  }

  /** Goes on with the next server when this one does not serve and none has answered yet, or throws. */
  async function moveOn(error: unknown): Promise<void> {
    const { connection, address: asked, others } = host;
    const named = connection.hasHeard ? error : await toNamedError(error, asked, ending);
    if (isSettled || !(named instanceof AwayError) || ending.aborted) throw named;
    // Whoever asks again hears of the same host, and of it once.
    if (others.length === 0) throw toAllAway([...away, named]);
    away.push(named);
    connection.fail(toStopped());
    host = toHost(await openFirst(others, away, ending));
  }

  /** Asks the server that answers, beside no sweep. */
  async function ask<T>(askSignal: AbortSignal | undefined, question: () => Promise<T>): Promise<T> {
    claim();
    const onAbort = (): void => host.connection.fail(toStopped(askSignal));
    askSignal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (askSignal?.aborted) onAbort();
      for (;;) {
        try {
          return await question();
        } catch (error) {
          await moveOn(error);
        }
      }
    } finally {
      askSignal?.removeEventListener('abort', onAbort);
      isBusy = false;
    }
  }

  return {
    async *sweep(query, sweepSignal) {
      assertNoSecret(query);
      claim();
      const onAnswer = (): void => void (isSettled = true);
      try {
        for (;;) {
          const current = host;
          const findScope = (): Promise<DomainScope> => scopeOf(current, query);
          try {
            return yield* sweepHost({ ...current, query, findScope, onAnswer }, sweepSignal);
          } catch (error) {
            await moveOn(error);
          }
        }
      } finally {
        isBusy = false;
      }
    },
    describeServer: (askSignal) =>
      ask(askSignal, async () => {
        const root = await rootOf(host);
        const certificate = (host.certificate ??= readCertificate(host.connection));
        const { host: name, port } = host.address;
        return { host: name, port, ...describeProduct(root), ...(certificate ? { certificate } : {}) };
      }),
    whoAmI: (askSignal) => ask(askSignal, () => askWhoAmI(host.connection, host.terms)),
    close() {
      closing.abort();
      host.connection.fail(toStopped(signal));
    },
  } satisfies Directory;
};

function toHost(opened: OpenedHost): Host {
  const { operationTimeoutMs, dereferenceAliases, bind } = opened.address;
  return {
    ...opened,
    terms: {
      timeoutMs: operationTimeoutMs,
      dereference: dereferenceAliases ?? 'never',
      isAnonymous: bind === undefined,
      authorizationId: `dn:${bind?.dn ?? ''}`,
    },
    accepted: { pageSize: Infinity },
    scopes: new Map(),
  };
}

function rootOf(host: Host): Promise<RootValues | undefined> {
  host.root ??= readRootEntry(host.connection, host.terms);
  return host.root;
}

async function scopeOf(host: Host, query: SearchQuery): Promise<DomainScope> {
  if (!host.address.isActiveDirectory || !mayLeaveDomain(query)) return NO_SCOPE;
  const key = `${query.scope} ${query.baseDN}`;
  const known = host.scopes.get(key);
  if (known) return known;
  const root = await rootOf(host);
  const scope = await findDomainScope(host.connection, host.terms, { query, root });
  if (host.scopes.size < MAX_SCOPES) host.scopes.set(key, scope);
  return scope;
}

const MAX_SCOPES = 100;

/** The entries that a filter finds tell the value that it tests, one question after the other. */
function assertNoSecret({ filter }: SearchQuery): void {
  const secret = findSecretInFilter(filter);
  if (!secret) return;
  throw new LdapSyncError('directory-search', `The search tests ${secret}, which holds a secret.`, {
    remedy: 'Search by an attribute that holds no password or key.',
  });
}
