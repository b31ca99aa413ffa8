import { KINDS } from '../../../../lib/sync/removals/kinds/removal-kinds.js';
import type { RemovalKind } from '../../../../models/removal-kind.js';

/** What metrics, reports and refusals call each kind, and what is told after a revert. */
const ROWS: readonly [RemovalKind, object][] = [
  [
    'relink',
    {
      would: 'linked by another id',
      called: { one: 'change of the id', many: 'changes of ids' },
      label: 'relink',
      outcome: { done: 'updated', takenBack: 'updated' },
      switchesOff: 'take-back',
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      changedSince: 'The account was linked to another entry, or to none,',
      afterRevert: {
        message:
          'Users are linked by their former ids again; those whom somebody had decided about were signed out. The next sync wants the same again while the settings and the directory say so.',
        remedy:
          'Mend LDAP_Unique_Identifier_Field or the directory before the next sync. Where another person had got an account, set a new password for it.',
      },
    },
  ],
  [
    'release',
    {
      would: 'renamed, or stripped of an address, for a newcomer',
      called: { one: 'release of a name', many: 'released names' },
      label: 'release',
      outcome: { done: 'updated', takenBack: 'updated' },
      isConfirmedByAbsence: true,
      isConfirmedByState: false,
      changedSince: 'The user name or the addresses were changed',
    },
  ],
  [
    'rename',
    {
      would: 'renamed',
      called: { one: 'renaming', many: 'renames' },
      label: 'rename',
      outcome: { done: 'updated', takenBack: 'updated' },
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      changedSince: 'The user name was changed',
    },
  ],
  [
    'clear',
    {
      would: 'stripped of an address or another value',
      called: { one: 'loss of an address or another value', many: 'lost addresses or other values' },
      label: 'clearing',
      outcome: { done: 'updated', takenBack: 'updated' },
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      changedSince: 'The field was changed',
    },
  ],
  [
    'photo',
    {
      would: 'stripped of their photo',
      called: { one: 'loss of a photo', many: 'lost photos' },
      label: 'photo',
      outcome: { done: 'updated', takenBack: 'updated' },
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      isAboutPhotos: true,
      changedSince: 'The picture was changed',
    },
  ],
  [
    'membership',
    {
      would: 'taken out of a channel or a team',
      called: { one: 'departure from a room', many: 'departures from rooms' },
      label: 'membership',
      outcome: { done: 'updated', takenBack: 'updated' },
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      isAboutRooms: true,
      changedSince: 'The user has come back into the room',
      afterRevert: {
        message:
          'Whoever is back in a room is taken out of it again by the next sync while no group gives it.',
        remedy: 'Mend the groups, or the maps of channels and teams, before the next sync.',
      },
    },
  ],
  [
    'merge',
    {
      would: 'connected with an entry',
      called: { one: 'merge', many: 'merges' },
      label: 'merge',
      outcome: { done: 'linked', takenBack: 'updated' },
      switchesOff: 'carry-out',
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      changedSince: 'The account was linked to another entry, or to none,',
      afterRevert: {
        message:
          'Accounts that are no longer connected were signed out. What approving had removed of them (passwords, second factors, tokens, other sign-ins) cannot be given back, nor can an address that another account has by now. What later syncs have written stays: also roles, rooms, teams and ABAC attributes that groups and the entry gave. The next sync shows the same pairs again.',
        remedy:
          'Set new passwords for these accounts, take away in the chat server what they may not keep (roles, rooms, teams, ABAC attributes), and reject the pairs (ldap.rejectRun) or rename one of the two.',
      },
    },
  ],
  [
    'reactivate',
    {
      would: 'switched on again',
      called: { one: 'reactivation', many: 'reactivations' },
      label: 'reactivation',
      outcome: { done: 'reactivated', takenBack: 'deactivated' },
      switchesOff: 'take-back',
      isConfirmedByAbsence: false,
      isConfirmedByState: false,
      changedSince: 'The user was switched off, or off and on,',
      afterRevert: {
        message:
          'Whoever was switched off again was signed out, and the next sync wants to switch them on again while the directory says so.',
        remedy: 'Mend the directory or LDAP_Sync_User_Active_State before the next sync.',
      },
    },
  ],
  [
    'deactivate',
    {
      would: 'deactivated',
      called: { one: 'deactivation', many: 'deactivations' },
      label: 'deactivation',
      outcome: { done: 'deactivated', takenBack: 'reactivated' },
      switchesOff: 'carry-out',
      isConfirmedByAbsence: true,
      isConfirmedByState: true,
      changedSince: 'The user was switched on or off again',
      afterRevert: {
        message:
          'Whoever was switched on again has to sign in anew: sessions, personal access tokens and what other applications were granted (OAuth) cannot be given back. The next sync wants the same again while the directory says so.',
        remedy: 'Mend the directory or the settings before the next sync.',
      },
    },
  ],
];

it.each(ROWS)(
  '%s: its label in metrics, its words and its place in the counts stay as they are',
  (kind, row) => {
    const told = Object.entries(KINDS[kind]).filter(
      ([part, value]) => typeof value !== 'function' && !['link', 'absence', 'exchange'].includes(part),
    );
    expect(Object.fromEntries(told)).toEqual(row);
  },
);

it.each<[RemovalKind, string]>([
  ['relink', 'The account is linked to another entry, or to none, by now.'],
  ['merge', 'The account is linked to an entry by now.'],
  ['rename', 'The account is no longer linked to this entry.'],
  ['deactivate', 'The account is no longer linked to this entry.'],
])('%s: says how the account has to be linked', (kind, otherwise) => {
  expect(KINDS[kind].link.otherwise).toBe(otherwise);
});
