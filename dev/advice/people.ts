import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';

const RENAME = 'Rename one of the two.';
const PAIR =
  'Look at the pair, then approve or reject it ([pairs](operations.md#pairs-who-waits-to-be-connected)).';
const FEDERATED = 'Correct the entry; or delete the user, and the next sync creates the right one.';
const AGAIN = 'Sync again.';

/** What is said of a person who cannot become a user, or get what the entry says. */
export const OF_PEOPLE = {
  'several-accounts-linked': {
    meaning: 'Several accounts are linked to the entry, so none is changed.',
    remedy: 'Remove `services.ldap` from all accounts but one.',
  },
  'names-belong-to-another': {
    meaning: 'Another account has the user name or an address of the entry. The message says whose it is.',
    remedy: `${RENAME} If they are the same person, connect them, as the message says.`,
  },
  'names-belong-to-several': {
    meaning: 'The user name and the addresses of the entry belong to several accounts.',
    remedy: 'Leave them to one account at most.',
  },
  'names-belong-to-departed': {
    meaning: 'The other account is off, and its entry is gone.',
    remedy:
      'Link it if it is the same person; else free the names ([how](operations.md#the-name-of-somebody-who-has-left)).',
  },
  'merge-needs-decision': { meaning: 'An entry and an account may be the same person.', remedy: PAIR },
  merged: {
    meaning: 'An account was connected with an entry.',
    remedy: 'Nothing if both are the same person; else as the message says.',
  },
  'relink-needs-decision': {
    meaning: 'An account is linked to an entry that is gone, and another entry has its names.',
    remedy: PAIR,
  },
  relinked: {
    meaning: 'A user was linked to the entry by another id.',
    remedy: 'Nothing if both are the same person; else revert the run.',
  },
  'address-belongs-to-another': {
    meaning: 'Another account has one of the addresses.',
    remedy: 'Change the address of one of the two.',
  },
  'domain-not-allowed': {
    meaning: 'No address is in the domains of `Accounts_AllowedDomainsList`.',
    remedy: 'Add the domain, or correct the address.',
  },
  'username-reserved': {
    meaning: 'Nobody newly gets this user name.',
    remedy: 'Give the person another one, or take it off the list of blocked names.',
  },
  'username-not-allowed': {
    meaning: 'The user name does not fit `UTF8_User_Names_Validation`, so nobody is renamed.',
    remedy: 'Give the person another one, or widen the setting.',
  },
  'membership-unknown': {
    meaning: 'The directory does not say whether the person is in the group whose members are synced.',
    remedy:
      'Let the service account read the group and its members ([groups](groups.md#what-silence-means)).',
  },
  'federation-conversion': {
    meaning: 'An account of this server and one of another cannot become each other.',
    remedy: FEDERATED,
  },
  'federated-not-renamed': { meaning: 'A user of another server is not renamed.', remedy: FEDERATED },
  'federated-not-switched': {
    meaning: 'A user of another server is not switched off or on.',
    remedy: 'Nothing if that server looks after the account; else delete the user.',
  },
  'names-taken-meanwhile': { meaning: 'Somebody took the name or an address just then.', remedy: AGAIN },
  'extension-taken': {
    meaning: 'Another user has the same telephone extension.',
    remedy: 'Change the extension of one of the two in the directory.',
  },
  'changed-meanwhile': { meaning: 'The user was changed just then.', remedy: AGAIN },
  'write-refused': {
    meaning: 'The database refused the write; the message has its words.',
    remedy: 'Look at the validation rules of the collection, and sync again.',
  },
  'user-busy': { meaning: 'Others write this user all the time.', remedy: AGAIN },
  'back-but-still-off': {
    meaning: 'The entry is back, and the user whom a sync had switched off is still off.',
    remedy: 'Switch the user on ([how](operations.md#enabled-again-and-still-off)).',
  },
  'enabled-but-still-off': {
    meaning: 'The entry is enabled again, and the user whom a sync had switched off is still off.',
    remedy: 'Switch the user on ([how](operations.md#enabled-again-and-still-off)).',
  },
} as const satisfies Partial<Record<AdviceCode, Meaning>>;
