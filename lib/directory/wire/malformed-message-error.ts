/** The bytes are not an LDAP message (RFC 4511 §5.1). */
export class MalformedMessageError extends Error {
  /** They look like the start of TLS. */
  readonly isTls: boolean;

  constructor(what: string, isTls = false) {
    super(`The server sent something that is not LDAP: ${what}.`);
    this.name = 'MalformedMessageError';
    this.isTls = isTls;
  }
}
