import type { LdapSyncErrorCode } from '../lib/errors.js';
import type { Meaning } from './meaning.js';

type OtherCode = Exclude<LdapSyncErrorCode, `directory-${string}`>;

const READ_AGAIN = 'Read `ldap.runInfo` again, and decide about what is there now.';

/** What a failure with this code means, where it is none of the directory. */
export const OTHER_FAILURES: Readonly<Record<OtherCode, Meaning>> = {
  'invalid-options': {
    meaning: '`createLdapSync` was given something that it cannot work with.',
    remedy: 'Correct the option that the message names ([options](hosts.md#options)).',
  },
  'connection-not-open': {
    meaning: 'The mongoose connection of the host is not open.',
    remedy: 'Connect before the first call.',
  },
  'invalid-settings': {
    meaning: 'The settings make a sync impossible; all reasons are listed.',
    remedy: 'Correct each of them ([settings](settings.md)).',
  },
  'settings-read-only': {
    meaning: 'The settings come from where they cannot be written.',
    remedy: 'Change them there; or let the option `settings` have `write`, and MongoDB be a replica set.',
  },
  'settings-changed': {
    meaning: 'Somebody else has changed the settings since they were read.',
    remedy: 'Read `ldap.settings` again, and repeat the change.',
  },
  'settings-change-not-found': {
    meaning: 'There is no such change of the settings, or its account is gone.',
    remedy: 'Take an id of `ldap.settingsHistory`.',
  },
  'database-confused': {
    meaning: 'The database answered another question than it was asked.',
    remedy: 'Run it again; if it returns, look at the database server and what is between.',
  },
  'lease-lost': {
    meaning: 'Another host took the run over, since this one was asleep for too long.',
    remedy: 'Nothing; look at the load of the host if it returns.',
  },
  'run-stopped': { meaning: 'The host is shutting down.', remedy: 'Run it again on a host that is up.' },
  'run-cancelled': { meaning: 'Somebody ended the run.', remedy: 'Run it again when it is meant.' },
  'run-not-found': {
    meaning: 'There is no such run, or its report is gone.',
    remedy: 'See `ldap.listRuns`.',
  },
  'run-not-held': {
    meaning: 'The run is none that waits for a decision, or has no list that could be approved.',
    remedy: READ_AGAIN,
  },
  'run-not-running': { meaning: 'The run has ended, so it cannot be cancelled.', remedy: 'Nothing.' },
  'run-not-revertible': {
    meaning: 'Only a run that has taken something away can be reverted.',
    remedy: 'Name the sync or the approval that did it.',
  },
  'run-already-decided': { meaning: 'Somebody has decided about it already.', remedy: READ_AGAIN },
  'rows-not-waiting': {
    meaning: 'None of the rows waits for a decision.',
    remedy: 'Take ids of `ldap.runChanges` whose `state` is `waiting` and that have no `decided`.',
  },
  'rows-expired': {
    meaning: 'The list is older than `LDAP_Sync_History_Days`.',
    remedy: 'Sync again, and decide about the new list.',
  },
  'run-already-reverted': { meaning: 'The run was reverted before.', remedy: 'See `revertedBy` of the run.' },
  'plan-not-applicable': {
    meaning: 'The run is no preview whose list could be applied: the message says why.',
    remedy: 'Make a preview (`ldap.previewSync`), and apply that.',
  },
  'plan-expired': {
    meaning:
      'The preview is older than a day, or 100 others have been made since: nothing is kept that could be applied.',
    remedy: 'Make a preview anew, look at its list, and apply that one.',
  },
  'plan-outdated': {
    meaning: 'Settings, or what the environment overrides of them, have been changed since the preview.',
    remedy: 'Make a preview anew, look at its list, and apply that one.',
  },
  'plan-already-applied': {
    meaning: 'The preview was applied before; the message names the run.',
    remedy: 'Look there what was done, and make a preview anew for the rest.',
  },
  'run-overtaken': {
    meaning: 'A newer sync has seen the directory since.',
    remedy: 'Decide about the newer one, which the message names.',
  },
  'run-in-progress': {
    meaning: 'Another run is going.',
    remedy: 'Wait until it has ended, or cancel it.',
  },
  'invalid-photo': {
    meaning: 'A photo cannot be used.',
    remedy: 'See [what is said of a photo](#what-is-said-of-a-photo).',
  },
  'photo-not-shown': {
    meaning: 'There is no picture to show of somebody: the message says why.',
    remedy:
      'See the remedy in the answer; the digest of the photo in the row still tells one photo from another.',
  },
  'page-not-built': {
    meaning: 'The files of the admin page are missing, as in a clone that was not built.',
    remedy: 'Run `npm run build:page`.',
  },
  'mail-failed': {
    meaning: 'The mail with the code could not be sent.',
    remedy: 'Check the mail server (`SMTP_…`, `MAIL_URL`), or use another second factor.',
  },
};
