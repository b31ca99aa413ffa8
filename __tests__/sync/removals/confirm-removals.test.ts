import type { AdviceCode } from '../../../lib/advice.js';
import type { Directory, DirectoryEntry } from '../../../lib/directory/directory.js';
import { toRequestedAttributes } from '../../../lib/mapping/map-entry.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { NO_RULES } from '../../../lib/sync/rooms/membership-rules.js';
import { confirmRemovals, toAttributesWithoutPhoto } from '../../../lib/sync/removals/confirm-removals.js';
import type { ConfirmedBy } from '../../../lib/sync/removals/kinds/removal-kind.js';
import type { UserRecord } from '../../../models/user.js';
import { toEntry } from '../../setup/entries.js';
import { createMemoryDirectory } from '../../setup/memory-directory.js';
import { readOnlyUsers } from '../../setup/port-fakes.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const ID = Buffer.from('a1').toString('hex');
const DN = 'cn=ada,ou=people,dc=x';
const USER: UserRecord = {
  _id: 'u1',
  username: 'ada',
  active: true,
  sipExtension: '42',
  emails: [{ address: 'ada@x.org', verified: true }],
  services: { ldap: { id: ID, idAttribute: 'entryUUID' } },
};
const COMMON = { state: 'waiting', userId: 'u1', ldapId: ID, idAttribute: 'entryUUID' } as const;
const MISSING: RemovalRow = {
  ...COMMON,
  kind: 'deactivate',
  outcome: 'deactivated',
  because: 'missing-from-directory',
  fields: [],
};
const DISABLED: RemovalRow = { ...MISSING, because: 'disabled-in-directory' };
const RENAMED: RemovalRow = {
  ...COMMON,
  kind: 'rename',
  outcome: 'updated',
  fields: [{ field: 'username', from: 'ada', to: 'countess' }],
};
const CLEARED: RemovalRow = {
  ...COMMON,
  kind: 'clear',
  outcome: 'updated',
  fields: [{ field: 'sipExtension', from: '42' }],
};

const ada = (attributes: Readonly<Record<string, string>> = {}, dn = DN): DirectoryEntry =>
  toEntry(dn, {
    entryUUID: 'a1',
    uid: 'ada',
    cn: 'Ada',
    mail: 'ada@x.org',
    telephoneNumber: '42',
    ...attributes,
  });
const withoutPhone = toEntry(DN, { entryUUID: 'a1', uid: 'ada', mail: 'ada@x.org' });

async function confirm(
  row: RemovalRow,
  entries: readonly DirectoryEntry[],
  {
    settings = {},
    user = USER,
  }: { settings?: Readonly<Record<string, unknown>>; user?: UserRecord | undefined } = {},
) {
  const confirmations = await confirmRemovals([row], {
    directory: createMemoryDirectory(entries),
    users: readOnlyUsers([user]),
    settings: toSyncSettings(settings),
    memberships: NO_RULES,
    signal: new AbortController().signal,
  });
  return confirmations.get(row);
}

type Settings = Readonly<Record<string, unknown>>;

const FILTER = { LDAP_User_Search_Filter: '(!(employeeType=robot))' };
const STILL_THERE = 'The person is in the directory after all, as a direct look-up shows; the user stays on.';
const NOT_SYNCED = 'The entry is no longer among those that are synced.';
const LOOK_AGAIN =
  'Nothing; if this returns with every run, ask the directory administrator why a search leaves this ' +
  'entry out.';
const NOT_WANTED = 'The settings no longer ask for this.';

describe('a removal is confirmed when', () => {
  it.each<[string, ConfirmedBy, RemovalRow, DirectoryEntry[], Settings, string, string | undefined]>([
    ['the person is gone', 'gone', MISSING, [], {}, 'is no longer in the directory', undefined],
    [
      'the person has left the base',
      'outside-base',
      MISSING,
      [ada({}, 'cn=ada,ou=alumni,dc=x')],
      {},
      'has left LDAP_BaseDN (the entry is now cn=ada,ou=alumni,dc=x)',
      'cn=ada,ou=alumni,dc=x',
    ],
    [
      'the filter leaves the person out',
      'outside-filter',
      MISSING,
      [ada({ employeeType: 'robot' })],
      FILTER,
      `is no longer among those LDAP_User_Search_Filter asks for (the entry is ${DN})`,
      DN,
    ],
    [
      'the person is disabled, and nothing else of the entry can be used',
      'disabled',
      DISABLED,
      [ada({ mail: '', nsAccountLock: 'TRUE' })],
      {},
      'is disabled in the directory (nsAccountLock)',
      DN,
    ],
    [
      'the person is disabled',
      'disabled',
      DISABLED,
      [ada({ nsAccountLock: 'TRUE' })],
      {},
      'is disabled in the directory (nsAccountLock)',
      DN,
    ],
    [
      'the person was disabled and is gone since',
      'gone',
      DISABLED,
      [],
      {},
      'is no longer in the directory',
      undefined,
    ],
    [
      'the person has that user name',
      'renamed',
      RENAMED,
      [ada({ uid: 'countess' })],
      {},
      'has another user name in the directory',
      DN,
    ],
    [
      'the field is empty',
      'without-value',
      CLEARED,
      [withoutPhone],
      {},
      'has no such value in the directory',
      DN,
    ],
  ])('%s', async (_, by, row, entries, settings, reason, dn) => {
    expect(await confirm(row, entries, { settings })).toStrictEqual({
      confirmed: true,
      by,
      reason,
      ...(dn === undefined ? {} : { dn }),
      ...(row.kind === 'clear' ? { fields: row.fields } : {}),
    });
  });
});

describe('a removal is refused when', () => {
  it.each<[string, AdviceCode, RemovalRow, DirectoryEntry[], Settings, string]>([
    ['the missing are still there', 'present-after-all', MISSING, [ada()], {}, STILL_THERE],
    [
      'the missing are there and disabled',
      'present-after-all',
      MISSING,
      [ada({ nsAccountLock: 'TRUE' })],
      {},
      STILL_THERE,
    ],
    [
      'the disabled are so no more',
      'no-longer-wanted',
      DISABLED,
      [ada()],
      {},
      'The directory no longer shows the person as disabled, or the user is off already.',
    ],
    [
      'the disabled are not to be switched off',
      'no-longer-wanted',
      DISABLED,
      [ada({ nsAccountLock: 'TRUE' })],
      { LDAP_Sync_User_Active_State: 'enable' },
      'The directory no longer shows the person as disabled, or the user is off already.',
    ],
    [
      'the old user name is back',
      'no-longer-wanted',
      RENAMED,
      [ada()],
      {},
      'The directory no longer says that user name.',
    ],
    [
      'there is a third user name',
      'no-longer-wanted',
      RENAMED,
      [ada({ uid: 'third' })],
      {},
      'The directory no longer says that user name.',
    ],
    [
      'the field is filled again',
      'no-longer-wanted',
      CLEARED,
      [ada()],
      {},
      'The directory no longer says so.',
    ],
    [
      'one of several fields is filled again',
      'no-longer-wanted',
      { ...CLEARED, fields: [...CLEARED.fields, { field: 'bio', from: 'x' }] },
      [withoutPhone],
      {},
      'The directory no longer says so.',
    ],
    ['who was to be renamed is gone', 'entry-no-longer-synced', RENAMED, [], {}, NOT_SYNCED],
    ['who was to be stripped is gone', 'entry-no-longer-synced', CLEARED, [], {}, NOT_SYNCED],
    [
      'who was to be stripped is outside of the filter',
      'entry-no-longer-synced',
      CLEARED,
      [ada({ employeeType: 'robot' })],
      FILTER,
      NOT_SYNCED,
    ],
    [
      'the entry makes no sense any more',
      'entry-unreadable',
      DISABLED,
      [ada({ mail: '' })],
      {},
      'The entry cannot be read any more: The entry has no e-mail address.',
    ],
    [
      'the missing are to be left on',
      'settings-changed',
      MISSING,
      [],
      { LDAP_Background_Sync_Disable_Missing_Users: false },
      NOT_WANTED,
    ],
    [
      'the disabled are gone and the missing are to be left on',
      'settings-changed',
      DISABLED,
      [],
      { LDAP_Background_Sync_Disable_Missing_Users: false },
      NOT_WANTED,
    ],
    [
      'users are not to be synced',
      'settings-changed',
      CLEARED,
      [withoutPhone],
      { LDAP_Background_Sync: false },
      NOT_WANTED,
    ],
    [
      'users are not to be updated',
      'settings-changed',
      CLEARED,
      [withoutPhone],
      { LDAP_Background_Sync_Keep_Existant_Users_Updated: false },
      NOT_WANTED,
    ],
  ])('%s', async (_, code, row, entries, settings, reason) => {
    const params = code === 'entry-unreadable' ? { cause: 'no-email-address' } : {};
    const advice = { code, params, reason, remedy: LOOK_AGAIN };
    expect(await confirm(row, entries, { settings })).toEqual({ confirmed: false, ...advice });
  });

  it.each<[string, UserRecord]>([
    ['the user is gone', { ...USER, _id: 'other' }],
    ['the user is linked to nobody', { ...USER, services: {} }],
    ['the user has no services at all', { _id: 'u1' }],
    [
      'the user is linked to another entry',
      { ...USER, services: { ldap: { id: '99', idAttribute: 'entryUUID' } } },
    ],
    [
      'the user is linked by another attribute',
      { ...USER, services: { ldap: { id: ID, idAttribute: 'uid' } } },
    ],
  ])('%s', async (_, user) => {
    expect(await confirm(MISSING, [], { user })).toEqual({
      confirmed: false,
      code: 'account-unlinked',
      params: {},
      reason: 'The account is no longer linked to this entry.',
      remedy: LOOK_AGAIN,
    });
  });

  it('the user is off already', async () => {
    expect(
      await confirm(DISABLED, [ada({ nsAccountLock: 'TRUE' })], { user: { ...USER, active: false } }),
    ).toMatchObject({ confirmed: false });
  });

  it('the renaming says no name', async () => {
    expect(await confirm({ ...RENAMED, fields: [] }, [ada({ uid: 'countess' })])).toMatchObject({
      confirmed: false,
    });
    expect(await confirm({ ...RENAMED, fields: [] }, [ada()])).toMatchObject({ confirmed: false });
  });
});

it('each row is confirmed for itself, and a user is read once', async () => {
  const users = readOnlyUsers([USER]);
  const directory = createMemoryDirectory([ada({ uid: 'countess' })]);
  const confirmations = await confirmRemovals([RENAMED, CLEARED], {
    directory,
    users,
    settings: toSyncSettings(),
    memberships: NO_RULES,
    signal: new AbortController().signal,
  });
  expect([RENAMED, CLEARED].map((row) => confirmations.get(row)?.confirmed)).toEqual([true, false]);
  expect(users.asked).toEqual([['u1']]);
});

it('a photo is not asked for', () => {
  const settings = toSyncSettings({ LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'photo' });
  expect(settings.mapping.photoAttributes).toContain('jpegPhoto');
  expect(toAttributesWithoutPhoto(settings)).toEqual(toRequestedAttributes(toSyncSettings().mapping));
  expect(toAttributesWithoutPhoto(settings)).toEqual(
    expect.arrayContaining(['entryUUID', 'uid', 'mail', 'telephoneNumber', 'nsAccountLock']),
  );
});

describe('a role that a group no longer gives', () => {
  const GROUPS = 'ou=groups,dc=x';
  const ROLE = {
    LDAP_Sync_User_Data_Roles: true,
    LDAP_Sync_User_Data_Roles_AutoRemove: true,
    LDAP_Sync_User_Data_Roles_BaseDN: GROUPS,
    LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
    LDAP_Sync_User_Data_RolesMap: '{"desk":"support"}',
  };
  const row: RemovalRow = {
    ...COMMON,
    kind: 'clear',
    outcome: 'updated',
    fields: [{ field: 'roles', from: ['user', 'support'], to: ['user'] }],
  };
  const toDesk = (...member: readonly string[]) => toEntry(`cn=desk,${GROUPS}`, { cn: 'desk', member });
  const others = 'cn=bob,ou=people,dc=x';

  /** `found`: what a search for the group of one person finds. */
  async function confirmRole(person: DirectoryEntry, read: DirectoryEntry, found: DirectoryEntry) {
    const [reading, asking] = [read, found].map((group) => createMemoryDirectory([person, group]));
    const directory: Directory = {
      ...reading!,
      sweep: (query, signal) => (query.sizeLimit === 1 ? asking! : reading!).sweep(query, signal),
    };
    const settings = toSyncSettings(ROLE);
    const confirmations = await confirmRemovals([row], {
      directory,
      users: readOnlyUsers([{ ...USER, roles: ['user', 'support'] }]),
      settings: { ...settings, roleRules: { mapped: new Set(['support']), areTaken: true } },
      memberships: NO_RULES,
      signal: new AbortController().signal,
    });
    return confirmations.get(row);
  }

  it.each([
    ['the group as it is read, the entry and the server agree', ada(), toDesk(others), toDesk(others), true],
    ['the group lists the person again', ada(), toDesk(DN, others), toDesk(others), false],
    ['the group lists nobody any more', ada(), toDesk(), toDesk(others), false],
    [
      'the entry names the group',
      ada({ memberOf: `cn=desk,${GROUPS}` }),
      toDesk(others),
      toDesk(others),
      false,
    ],
    ['the server finds the group by the person', ada(), toDesk(others), toDesk(DN), false],
  ])('is confirmed only when all witnesses agree: %s', async (_, person, read, found, confirmed) => {
    expect(await confirmRole(person, read, found)).toMatchObject({ confirmed });
  });
});
