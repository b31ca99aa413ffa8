import type { SearchFilter } from './filter/search-filter.js';
import type { DirectoryHost, ServerDescription } from './server-description.js';

export type { DirectoryHost };

/** One attribute of an entry, as the server sent it (RFC 4511 §4.1.7). */
export interface EntryAttribute {
  /** The attribute description in the server's own case, options included (`userCertificate;binary`). */
  readonly name: string;
  /** Raw bytes. A view on the received page: copy what outlives the page. */
  readonly values: readonly Buffer[];
  /** Set when a value was too large to be kept (see `limits.ts`): the largest such size, in bytes. */
  readonly droppedBytes?: number;
  /** Set when there were more values than are kept: how many are missing. */
  readonly droppedValues?: number;
}

/** A directory entry. Attribute names are hostile input: they live in a `Map`, never in an object. */
export interface DirectoryEntry {
  /** The DN exactly as the server sent it, never re-escaped. */
  readonly dn: string;
  /** By lower-cased attribute description. */
  readonly attributes: ReadonlyMap<string, EntryAttribute>;
  /** Only a part of the values of one sliced attribute; the entry itself follows, with the last of them. */
  readonly isPiece?: true;
}

export type SearchScope = 'base' | 'one' | 'sub';

export interface SearchQuery {
  readonly baseDN: string;
  readonly scope: SearchScope;
  readonly filter: SearchFilter;
  /**
   * Attribute descriptions to ask for. Empty means none (`1.1`), never all. `member;range=1500-*` asks for
   * values from a number on (Active Directory); it comes as `member;range=1500-2999`, or with `*` when it has
   * the last.
   */
  readonly attributes: readonly string[];
  /**
   * Those of the attributes that may have any number of values, such as `member`. They come in pieces of at
   * most 1,000 values or 1 MiB: {@link DirectoryEntry}s with the same DN and `isPiece`, before the entry. All
   * others have a limit, beyond which values are dropped and counted.
   */
  readonly sliced?: readonly string[];
  /**
   * Asks which attributes the entries have, those of `attributes` and all others, and for no value (`typesOnly`,
   * RFC 4511 §4.5.1.6). Every attribute comes without values.
   */
  readonly namesOnly?: boolean;
  /**
   * Deleted entries are found, too, where the server keeps them and the service account may see them (Active
   * Directory).
   */
  readonly showsDeleted?: boolean;
  /** Entries per page (RFC 2696); 0 asks for everything in one answer. */
  readonly pageSize: number;
  /** Most entries wanted in all; 0 means no limit. Sent to the server and enforced here too. */
  readonly sizeLimit: number;
}

/** Why a sweep that ended without an error still did not show the whole directory. */
export type IncompleteReason =
  'size-limit' | 'time-limit' | 'admin-limit' | 'paging-unsupported' | 'referral';

/** Something that an administrator should know although the sweep went well. */
export interface SweepNotice {
  readonly setting: string;
  readonly message: string;
  readonly remedy: string;
}

/** What is known when the last entry has been read. Only `complete: true` allows a removal. */
export type SweepEnd =
  | { readonly complete: true; readonly notice?: SweepNotice }
  | {
      readonly complete: false;
      readonly reason: IncompleteReason;
      readonly message: string;
      readonly remedy: string;
    };

/** An open, bound connection to one directory server: that of its first page stays to the end. */
export interface Directory {
  /**
   * Yields the matching entries page by page, one page ahead of the consumer, and returns how the sweep
   * ended. Throws `LdapSyncError` (`directory-lost`, `directory-timeout`, `directory-search`) when the rest
   * cannot be had. Leaving the loop early ends the search; the connection is then unusable and must be
   * closed. An attribute that holds a secret is never asked for and never yielded, whatever the query says; a
   * filter that tests one is refused. One sweep after the other: a second one beside the first throws
   * `TypeError`.
   */
  sweep(
    query: SearchQuery,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined>;
  /**
   * Which server answers, and who it says it is; not during a sweep. A server that does not tell anything is
   * `unknown`. Rejects when the connection fails.
   */
  describeServer(signal?: AbortSignal): Promise<ServerDescription>;
  /**
   * Whom the server takes the service account for (RFC 4532), such as `dn:cn=reader,dc=x` or `u:LAB\\reader`, as a
   * clean text; `''`: nobody. `undefined`: the server does not say. Not during a sweep. Rejects when the connection
   * fails.
   */
  whoAmI(signal?: AbortSignal): Promise<string | undefined>;
  /** Ends the connection at once. Idempotent, never throws. */
  close(): void;
}

/** Whether the server follows aliases below the base, for the base itself, or both (RFC 4511 §4.5.1.3). */
export type Dereference = 'never' | 'searching' | 'finding' | 'always';

/** How to reach the directory. `toString`/JSON of it must never be logged: it holds the bind password. */
export interface DirectoryAddress extends DirectoryHost {
  /** Asked in this order when the one before is away, silent or busy before the first page of a run. */
  readonly failoverHosts?: readonly DirectoryHost[];
  /** `plain`, `starttls` (RFC 4511 §4.14) or `ldaps` (TLS from the first byte). */
  readonly encryption: 'plain' | 'starttls' | 'ldaps';
  /** PEM certificates to trust instead of the system's; empty = the system's. */
  readonly caCertificates: readonly string[];
  readonly rejectUnauthorized: boolean;
  /** The service account; absent = anonymous. The password is never empty (RFC 4513 §5.1.2). */
  readonly bind?: { readonly dn: string; readonly password: string };
  readonly connectTimeoutMs: number;
  /** Longest silence of the server during an operation. */
  readonly operationTimeoutMs: number;
  /**
   * Whether the server is an Active Directory, by the settings. It is asked not to refer to partitions of
   * its own, which hold no people.
   */
  readonly isActiveDirectory?: boolean;
  /** @default 'never' */
  readonly dereferenceAliases?: Dereference;
}

/**
 * Connects, negotiates TLS and binds. Rejects with `LdapSyncError` (`directory-unreachable`,
 * `directory-timeout`, `directory-tls`, `directory-bind`), each with a remedy that names the setting to look
 * at.
 */
export type OpenDirectory = (address: DirectoryAddress, signal?: AbortSignal) => Promise<Directory>;
