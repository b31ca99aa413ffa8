const ACCOUNT = 'the service account (LDAP_Authentication_UserDN)';
const CREDENTIALS = 'Check LDAP_Authentication_UserDN and LDAP_Authentication_Password.';
const ENCRYPT =
  'Set LDAP_Encryption to "ssl" (LDAPS, LDAP_Port usually 636) or "tls" (StartTLS, LDAP_Port usually 389); the account is not what is refused.';
const ANOTHER_HOST =
  'Run the sync again later, or name another server with the same directory in LDAP_Failover_Hosts.';
const UNLOCK = `Unlock ${ACCOUNT} in the directory, and find out who tries wrong passwords for it.` as const;
const ENABLE = `Enable ${ACCOUNT} in the directory, or name another.` as const;

/** Why a server refuses, continuing a sentence, and what to do about it. */
export const REFUSALS = {
  'version-refused': [
    'it does not speak version 3 of LDAP with this client (protocolError)',
    'Look into the log of the directory server, and allow LDAPv3 binds.',
  ],
  'simple-bind-refused': [
    'it accepts no password of a simple bind (authMethodNotSupported)',
    'Allow simple binds on the directory server, or use a server or replica that does.',
  ],
  'stronger-bind-demanded': [
    'it demands an encrypted connection, or more than a password (strongerAuthRequired)',
    `${ENCRYPT} A server that demands SASL itself (OpenLDAP's "require") has to accept a simple bind over TLS.`,
  ],
  'encryption-demanded': ['it demands an encrypted or signed connection', ENCRYPT],
  'sign-in-demanded': [
    'it answers nobody who has not signed in',
    'Switch LDAP_Authentication on, and name a service account in LDAP_Authentication_UserDN.',
  ],
  'referred-elsewhere': [
    'it refers to another server (referral)',
    'Put that server into LDAP_Host, or let this replica check passwords itself.',
  ],
  'attempts-used-up': ['it allows no more attempts for this account now (constraintViolation)', UNLOCK],
  'no-such-account': ['there is no such account (noSuchObject)', 'Correct LDAP_Authentication_UserDN.'],
  'no-such-ad-account': [
    'there is no such account',
    'Correct LDAP_Authentication_UserDN: a DN, or name@domain in an Active Directory.',
  ],
  'account-no-dn': [
    'the name of the account is no DN (invalidDNSyntax)',
    `${CREDENTIALS} The first has to be a whole DN.`,
  ],
  'account-without-password': [
    'it does not let this account sign in with a password (inappropriateAuthentication)',
    `Give ${ACCOUNT} a password in the directory, or name another account. If LDAP_Authentication is off, switch it on.`,
  ],
  'credentials-wrong': ['the name or the password is wrong', CREDENTIALS],
  'account-not-allowed': [
    'the account may not sign in here (insufficientAccessRights)',
    `Let ${ACCOUNT} bind on this server, or name another server in LDAP_Host.`,
  ],
  'server-busy': ['it is busy', ANOTHER_HOST],
  'server-unavailable': ['it is unavailable', ANOTHER_HOST],
  'account-unwanted': [
    'it is unwilling to let this account sign in now (unwillingToPerform)',
    `Look at ${ACCOUNT} in the directory: it may be inactivated or locked. Otherwise allow simple binds on the directory server.`,
  ],
  'password-expired': [
    'the password has expired',
    `Set a new password for ${ACCOUNT}, and put it into LDAP_Authentication_Password.`,
  ],
  'ad-password-expired': [
    'the password has expired',
    `Set a new password for ${ACCOUNT} in the directory, best one that never expires, and put it into LDAP_Authentication_Password.`,
  ],
  'password-to-change': [
    'the password must be changed first',
    `Change the password of ${ACCOUNT}, and put the new one into LDAP_Authentication_Password.`,
  ],
  'ad-password-to-change': [
    'the password must be changed first',
    `Take "must change password at next logon" off ${ACCOUNT}, or change its password and put the new one into LDAP_Authentication_Password.`,
  ],
  'account-locked': ['the account is locked', UNLOCK],
  'account-disabled': ['the account is disabled', ENABLE],
  'controller-missing': ['no domain controller can check the account now', ANOTHER_HOST],
  'account-restricted': [
    'a restriction of the account forbids to sign in so',
    `Take ${ACCOUNT} out of Protected Users and of authentication policies, and do not demand a smart card of it; its name and password are right.`,
  ],
  'account-not-at-this-time': [
    'the account may not sign in at this time',
    `Widen the logon hours of ${ACCOUNT} in the directory, or run the sync within them.`,
  ],
  'account-not-from-here': [
    'the account may not sign in from this computer',
    `Add the domain controllers to the workstations that ${ACCOUNT} may log on to ("Log On To…"), or allow all.`,
  ],
  'account-in-too-many-groups': [
    'the account is in too many groups for its access token',
    `Take ${ACCOUNT} out of groups (1,015 are the most), or name another account.`,
  ],
  'account-not-over-network': [
    'the account may not sign in over the network',
    `Grant ${ACCOUNT} the right "Access this computer from the network" on the domain controllers.`,
  ],
  'account-over': [
    'the account has expired',
    `Set a later account expiry date, or none, for ${ACCOUNT} in the directory.`,
  ],
  'forest-forbids': [
    'an authentication firewall between two forests forbids it',
    `Grant ${ACCOUNT} "Allowed to authenticate" on the domain controllers, or name one of their forest.`,
  ],
  'channel-binding-demanded': [
    'it demands a channel binding that fits the TLS connection it sees (error 80090346)',
    'Reach the domain controller itself with LDAP_Encryption "ssl" or "tls", without a proxy that ends TLS in between; or let its policy "LDAP server channel binding token requirements" accept clients without one ("When supported").',
  ],
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The findings of a bind that is refused. */
type OfRefusals = {
  readonly [Code in RefusalCode]: readonly [
    message: `{server} refused the service account: ${(typeof REFUSALS)[Code][0]}[ (the server says: {said})].`,
    remedy: (typeof REFUSALS)[Code][1],
  ];
};

export const OF_BINDS = {
  ...(Object.fromEntries(
    Object.entries(REFUSALS).map(([code, [reason, remedy]]) => [
      code,
      [`{server} refused the service account: ${reason}[ (the server says: {said})].`, remedy],
    ]),
  ) as unknown as OfRefusals),
  'bind-refused': ['{server} refused the service account: {why}[ (the server says: {said})].', CREDENTIALS],
} as const;
