/** Why a server refuses, in words, and what to do about it. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
  /** Another host with the same directory may not refuse. */
  readonly isAway?: true;
}

export const ACCOUNT = 'the service account (LDAP_Authentication_UserDN)';
export const CREDENTIALS = 'Check LDAP_Authentication_UserDN and LDAP_Authentication_Password.';
const ENCRYPT =
  'Set LDAP_Encryption to "ssl" (LDAPS, LDAP_Port usually 636) or "tls" (StartTLS, LDAP_Port usually 389); ' +
  'the account is not what is refused.';
export const ANOTHER_HOST =
  'Run the sync again later, or name another server with the same directory in LDAP_Failover_Hosts.';

export const ENCRYPTION_DEMANDED: Refusal = {
  reason: 'it demands an encrypted or signed connection',
  remedy: ENCRYPT,
};
export const ANONYMOUS: Refusal = {
  reason: 'it answers nobody who has not signed in',
  remedy: `Switch LDAP_Authentication on, and name a service account in LDAP_Authentication_UserDN.`,
};

/** By the result code (RFC 4511 §4.1.9). */
export const CODE_REFUSALS: Readonly<Record<number, Refusal>> = {
  2: {
    reason: 'it does not speak version 3 of LDAP with this client (protocolError)',
    remedy: 'Look into the log of the directory server, and allow LDAPv3 binds.',
  },
  7: {
    reason: 'it accepts no password of a simple bind (authMethodNotSupported)',
    remedy: 'Allow simple binds on the directory server, or use a server or replica that does.',
  },
  8: {
    reason: 'it demands an encrypted connection, or more than a password (strongerAuthRequired)',
    remedy: `${ENCRYPT} A server that demands SASL itself (OpenLDAP's "require") has to accept a simple bind over TLS.`,
  },
  13: ENCRYPTION_DEMANDED,
  10: {
    reason: 'it refers to another server (referral)',
    remedy: 'Put that server into LDAP_Host, or let this replica check passwords itself.',
  },
  19: {
    reason: 'it allows no more attempts for this account now (constraintViolation)',
    remedy: `Unlock ${ACCOUNT} in the directory, and find out who tries wrong passwords for it.`,
  },
  32: {
    reason: 'there is no such account (noSuchObject)',
    remedy: 'Correct LDAP_Authentication_UserDN.',
  },
  34: {
    reason: 'the name of the account is no DN (invalidDNSyntax)',
    remedy: `${CREDENTIALS} The first has to be a whole DN.`,
  },
  48: {
    reason: 'it does not let this account sign in with a password (inappropriateAuthentication)',
    remedy:
      `Give ${ACCOUNT} a password in the directory, or name another account. If LDAP_Authentication is off, ` +
      'switch it on.',
  },
  49: { reason: 'the name or the password is wrong', remedy: CREDENTIALS },
  50: {
    reason: 'the account may not sign in here (insufficientAccessRights)',
    remedy: `Let ${ACCOUNT} bind on this server, or name another server in LDAP_Host.`,
  },
  51: { reason: 'it is busy', remedy: ANOTHER_HOST, isAway: true },
  52: { reason: 'it is unavailable', remedy: ANOTHER_HOST, isAway: true },
  53: {
    reason: 'it is unwilling to let this account sign in now (unwillingToPerform)',
    remedy:
      `Look at ${ACCOUNT} in the directory: it may be inactivated or locked. Otherwise allow simple binds ` +
      'on the directory server.',
  },
};

/** Those of them that say the same about a search. */
export const SEARCH_REFUSALS: ReadonlySet<number> = new Set([7, 8, 13, 48, 51, 52]);

/** By the words of servers that have no code for it; looked at in this order. */
export const TEXT_REFUSALS: readonly (readonly [RegExp, Refusal])[] = [
  [/\bSSF\b|secure connection|confidentiality required|integrity checking/i, ENCRYPTION_DEMANDED],
  [
    /password (?:has |is )?expired/i,
    {
      reason: 'the password has expired',
      remedy: `Set a new password for ${ACCOUNT}, and put it into LDAP_Authentication_Password.`,
    },
  ],
  [
    /bind\/unbind\/abandon|password (?:must|needs to) be (?:changed|reset)|must change (?:your|the|its) password/i,
    {
      reason: 'the password must be changed first',
      remedy: `Change the password of ${ACCOUNT}, and put the new one into LDAP_Authentication_Password.`,
    },
  ],
  [
    /retry limit|account (?:is |has been )?(?:temporarily )?locked/i,
    {
      reason: 'the account is locked',
      remedy: `Unlock ${ACCOUNT} in the directory, and find out who tries wrong passwords for it.`,
    },
  ],
  [
    /inactivated|account (?:is |has been )?disabled/i,
    { reason: 'the account is disabled', remedy: `Enable ${ACCOUNT} in the directory, or name another.` },
  ],
];
