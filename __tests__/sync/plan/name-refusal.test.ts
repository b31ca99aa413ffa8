import { findNameRefusal, findRenameRefusal, toNameRules } from '../../../lib/sync/plan/name-refusal.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const { usernames } = toSyncSettings({ Accounts_BlockedUsernameList: 'Boss,straße' });
const RULES = toNameRules(usernames, new Set(['sales']));

describe('a user name that nobody newly gets', () => {
  it.each([
    ['admin', 'Accounts_SystemBlockedUsernameList'],
    ['SYSTEM', 'Accounts_SystemBlockedUsernameList'],
    ['boss', 'Accounts_BlockedUsernameList'],
    ['STRASSE', 'Accounts_BlockedUsernameList'],
    ['all', 'mentions'],
    ['Here', 'mentions'],
    ['Sales', 'teams'],
  ])('%s is told with the list it is on: %s', (username, by) => {
    const refusal = findNameRefusal(username, RULES)!;
    expect(refusal).toMatchObject({ code: 'username-reserved', params: { username, by } });
    expect(refusal.reason).toContain(username);
    if (by.startsWith('Accounts_')) expect(refusal.reason).toContain(by);
    expect(refusal.remedy).toContain('Give the person another user name in the directory');
  });

  it.each(['ada', 'administrators', 'al', 'teams', 'constructor', '__proto__'])(
    'is not every name that looks a little like one: %s',
    (username) => expect(findNameRefusal(username, RULES)).toBeUndefined(),
  );
});

describe('a renaming', () => {
  it.each([
    [{ from: 'ada', to: 'system' }, 'username-reserved'],
    [{ from: undefined, to: 'system' }, 'username-reserved'],
    [{ from: 'ada', to: 'josé' }, 'username-not-allowed'],
    [{ from: 'José', to: 'josé' }, 'username-not-allowed'],
    [{ from: 'System', to: 'system' }, undefined],
    [{ from: 'ada', to: 'ada.l' }, undefined],
  ])('%j is refused: %s', (rename, code) => {
    expect(findRenameRefusal(rename, RULES)?.code).toBe(code);
  });
});
