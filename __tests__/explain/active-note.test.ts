import { toActiveNote } from '../../lib/explain/active-note.js';
import type { UserRecord } from '../../models/user.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const AT = new Date('2026-11-01T10:00:00Z');

/** What is said of an enabled person. */
function noteOf(user: Partial<UserRecord>, activeState = 'disable') {
  const settings = toSyncSettings({ LDAP_Sync_User_Active_State: activeState });
  return toActiveNote({ person: { disabled: false }, user: { _id: 'u', ...user }, settings } as never);
}

describe('of somebody who is enabled and whose user is off', () => {
  it.each<[string, Partial<UserRecord>]>([
    [
      'a sync (run r1) switched the user off on 2026-11-01T10:00:00.000Z, since the entry was disabled',
      {
        ldapSync: { deactivatedBecause: 'disabled-in-directory', deactivatedByRun: 'r1', deactivatedAt: AT },
      },
    ],
    [
      'a sync switched the user off, since the entry was missing',
      { ldapSync: { deactivatedBecause: 'missing-from-directory', deactivatedByRun: 5 as never } },
    ],
    ['the user waits for an approval by an administrator', { inactiveReason: 'pending_approval' }],
    ['an administrator or the chat server switched the user off, and no sync', { ldapSync: {} }],
    ['and no sync', { ldapSync: { deactivatedBecause: { odd: true } as never } }],
  ])('it is said who did it: "%s"', (text, user) => {
    const note = noteOf({ active: false, ...user });
    expect(note).toContain(text);
    expect(note).toContain('The setting is "disable"');
    expect(note).toContain('users.setActiveStatus');
  });

  it('nothing is said where a sync switches on, or the user is on', () => {
    expect([noteOf({ active: false }, 'both'), noteOf({ active: true })]).toEqual([undefined, undefined]);
  });
});
