import { TLSSocket } from 'node:tls';
import { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import type { InspectTls } from '../shown-tls.js';
import { toAuthority } from './authority.js';
import { toStopped } from './connection-errors.js';
import { findHosts } from './find-hosts.js';
import { openFirst } from './open-first.js';
import { readShownTls } from './read-shown-tls.js';

/** Sets TLS up with the first host that serves, reads the certificates, and hangs up. Nobody signs in. */
export const inspectLdapTls: InspectTls = async (address, signal) => {
  const hosts = await findHosts(address, signal);
  // Whoever is not trusted gets no password: there is none in the address, whatever it was made from.
  const untrusting = hosts.map((host) => omitBind({ ...host, rejectUnauthorized: false }));
  const { connection, address: asked } = await openFirst(untrusting, [], signal);
  try {
    const socket = connection.client._socket;
    const shown =
      socket instanceof TLSSocket ? readShownTls(socket, asked.host, connection.serverText) : undefined;
    if (shown) return { host: asked.host, port: asked.port, ...shown };
    throw new LdapSyncError('directory-tls', `${toAuthority(asked)} shows no certificate.`, {
      remedy: 'Set LDAP_Encryption to "tls" or "ssl", and give the directory server a certificate.',
    });
  } finally {
    connection.fail(toStopped(signal));
  }
};

function omitBind(address: DirectoryAddress): DirectoryAddress {
  return { ...address, bind: undefined };
}
