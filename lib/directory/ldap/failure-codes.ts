/** What Node calls a certificate that is not trusted. */
export const CERTIFICATE_CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What the usual failures of a connection are called by people. */
export const SOCKET_REASONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to the host',
  ECONNABORTED: 'the connection was aborted',
  EINVAL: 'the address cannot be used here; a local IPv6 address needs its zone, as in fe80::1%eth0',
  ENETUNREACH: 'there is no route to the network',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'the host does not answer',
};
