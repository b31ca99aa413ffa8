import type { DirectoryAddress, DirectoryHost } from './directory.js';

/** A certificate as a server has shown it. Its texts are clean and short. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** The names it was made for. At most fifty. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** The fingerprint, as pairs of hex digits with colons. */
  readonly sha256: string;
  readonly isSelfSigned: boolean;
  /** Whether it may vouch for others. */
  readonly isAuthority: boolean;
  readonly pem: string;
}

/** Why a certificate is not trusted. */
export type Distrust = 'unknown-authority' | 'wrong-name' | 'expired' | 'not-yet-valid' | 'other';

/** How a server encrypts, and who vouches for it. */
export interface ShownTls extends DirectoryHost {
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  /** As the server sent it, its own certificate first. At most ten. */
  readonly chain: readonly ShownCertificate[];
  /** Whether the certificate was made for the host that was asked. */
  readonly fitsName: boolean;
  /** Why the settings do not trust it; absent: they do. */
  readonly distrust?: { readonly kind: Distrust; readonly reason: string };
}

/**
 * Looks at the certificates of a server without trusting it: nothing is sent over the connection, no bind above all.
 * Rejects with `LdapSyncError` when no server shows any.
 */
export type InspectTls = (address: Omit<DirectoryAddress, 'bind'>, signal: AbortSignal) => Promise<ShownTls>;
