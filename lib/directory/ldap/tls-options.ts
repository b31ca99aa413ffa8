import { isIP } from 'node:net';
import { checkServerIdentity, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import type { DirectoryAddress } from '../directory.js';

/**
 * The demands on a server's certificate, for LDAPS and StartTLS alike. Fresh on every call: ldapjs writes
 * into it.
 */
export function toTlsOptions({
  host,
  caCertificates,
  rejectUnauthorized,
}: Pick<DirectoryAddress, 'host' | 'caCertificates' | 'rejectUnauthorized'>): ConnectionOptions {
  return {
    rejectUnauthorized,
    // Without one of these Node verifies the certificate of a StartTLS connection against "localhost".
    ...(isIP(host) === 0
      ? { servername: host.replace(/\.$/, '') }
      : {
          host,
          checkServerIdentity: (_, certificate) => checkServerIdentity(toIdentity(host), certificate),
        }),
    // An authority counts as trusted because it was named, also when another one has signed it.
    ...(caCertificates.length > 0 ? { ca: [...caCertificates], allowPartialTrustChain: true } : {}),
  };
}

/** Whether a certificate was made for this host. */
export function fitsHost(host: string, certificate: PeerCertificate): boolean {
  const name = isIP(host) === 0 ? host.replace(/\.$/, '') : toIdentity(host);
  return checkServerIdentity(name, certificate) === undefined;
}

/** The address as a certificate has it: without a zone, and as IPv4 where it is one within IPv6. */
function toIdentity(host: string): string {
  const address = host.replace(/%.*$/, '');
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(
    isIP(address) === 6 ? new URL(`ldap://[${address}]`).host : '',
  );
  if (!mapped) return address;
  return mapped
    .slice(1)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
