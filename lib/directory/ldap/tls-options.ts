import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { DirectoryAddress } from '../directory.js';

/**
 * The demands on a server's certificate, for LDAPS and StartTLS alike. Fresh on every call: ldapjs writes
 * into it.
 */
export function toTlsOptions({
  host,
  caCertificates,
  rejectUnauthorized,
}: DirectoryAddress): ConnectionOptions {
  return {
    rejectUnauthorized,
    // Without one of these Node verifies the certificate of a StartTLS connection against "localhost".
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : { host }),
    ...(caCertificates.length > 0 ? { ca: [...caCertificates] } : {}),
  };
}
