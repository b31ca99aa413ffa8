import {
  ACCOUNT,
  ANONYMOUS,
  ANOTHER_HOST,
  CREDENTIALS,
  ENCRYPTION_DEMANDED,
  type Refusal,
} from './refusals.js';

const CHANNEL_BINDING: Refusal = {
  reason: 'it demands a channel binding that fits the TLS connection it sees (error 80090346)',
  remedy:
    'Reach the domain controller itself with LDAP_Encryption "ssl" or "tls", without a proxy that ends TLS in ' +
    'between; or let its policy "LDAP server channel binding token requirements" accept clients without one ' +
    '("When supported").',
};
/** What Active Directory means by `data …` in the text of a refused bind. */
export const AD_REFUSALS: Readonly<Record<string, Refusal>> = {
  '525': {
    reason: 'there is no such account',
    remedy: 'Correct LDAP_Authentication_UserDN: a DN, or name@domain in an Active Directory.',
  },
  '52b': { reason: 'the name or the password is wrong', remedy: CREDENTIALS },
  '52e': { reason: 'the name or the password is wrong', remedy: CREDENTIALS },
  '51f': { reason: 'no domain controller can check the account now', remedy: ANOTHER_HOST, isAway: true },
  '52f': {
    reason: 'a restriction of the account forbids to sign in so',
    remedy:
      `Take ${ACCOUNT} out of Protected Users and of authentication policies, and do not demand a smart card ` +
      'of it; its name and password are right.',
  },
  '530': {
    reason: 'the account may not sign in at this time',
    remedy: `Widen the logon hours of ${ACCOUNT} in the directory, or run the sync within them.`,
  },
  '531': {
    reason: 'the account may not sign in from this computer',
    remedy:
      `Add the domain controllers to the workstations that ${ACCOUNT} may log on to ("Log On To…"), or allow ` +
      'all.',
  },
  '532': {
    reason: 'the password has expired',
    remedy:
      `Set a new password for ${ACCOUNT} in the directory, best one that never expires, and put it into ` +
      'LDAP_Authentication_Password.',
  },
  '533': {
    reason: 'the account is disabled',
    remedy: `Enable ${ACCOUNT} in the directory, or name another.`,
  },
  '568': {
    reason: 'the account is in too many groups for its access token',
    remedy: `Take ${ACCOUNT} out of groups (1,015 are the most), or name another account.`,
  },
  '569': {
    reason: 'the account may not sign in over the network',
    remedy: `Grant ${ACCOUNT} the right "Access this computer from the network" on the domain controllers.`,
  },
  '701': {
    reason: 'the account has expired',
    remedy: `Set a later account expiry date, or none, for ${ACCOUNT} in the directory.`,
  },
  '773': {
    reason: 'the password must be changed first',
    remedy:
      `Take "must change password at next logon" off ${ACCOUNT}, or change its password and put the new one ` +
      'into LDAP_Authentication_Password.',
  },
  '774': { reason: 'no domain controller can check the account now', remedy: ANOTHER_HOST, isAway: true },
  '775': {
    reason: 'the account is locked',
    remedy: `Unlock ${ACCOUNT} in the directory, and find out who tries wrong passwords for it.`,
  },
  '78f': {
    reason: 'an authentication firewall between two forests forbids it',
    remedy: `Grant ${ACCOUNT} "Allowed to authenticate" on the domain controllers, or name one of their forest.`,
  },
  '80090346': CHANNEL_BINDING,
};

/** By the hexadecimal number at the beginning of Active Directory's texts; it goes before the result code. */
export const AD_CODE_REFUSALS: Readonly<Record<string, Refusal>> = {
  '000004dc': ANONYMOUS,
  '00002028': ENCRYPTION_DEMANDED,
  '80090346': CHANNEL_BINDING,
};
