import { judgeFields, findFieldLacks } from '../../lib/survey/judge-fields.js';
import { judgeFirstLook } from '../../lib/survey/judge-first-look.js';
import { NOTHING_SHOWN } from '../../lib/survey/shown-attributes.js';
import { createSurvey } from '../../lib/survey/survey.js';
import { toEntry } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

type Values = Readonly<Record<string, string>>;

const PERSON: Values = { uid: 'ada', cn: 'Ada', mail: 'ada@x.org' };

function judge(
  settings: Readonly<Record<string, unknown>>,
  { people = 1, values = PERSON, isFirstImport = true, names = [] as readonly string[] },
) {
  const parsed = toSyncSettings({ LDAP_Extension_Field: '', ...settings });
  const survey = createSurvey(parsed, { isFirstImport });
  for (let index = 0; index < people; index += 1) survey.addEntries([toEntry(`uid=p${index}`, values)]);
  const shown = { ...NOTHING_SHOWN, names };
  const fields = judgeFields(findFieldLacks(survey, parsed), survey, shown);
  return { ...judgeFirstLook(survey, parsed, shown), fields, wantsMore: survey.wantsMore() };
}

const settingsOf = (problems: readonly { readonly setting: string }[]) =>
  problems.map(({ setting }) => setting);

describe('the id to take at a first import', () => {
  it.each([
    ['Active Directory', { objectGUID: 'a' }, 'objectGUID'],
    ['OpenLDAP', { entryUUID: 'a' }, 'entryUUID'],
    ['389 Directory Server', { nsUniqueId: 'a', entryUUID: 'b' }, 'nsUniqueId'],
    ['FreeIPA', { ipaUniqueID: 'a', nsUniqueId: 'b', entryUUID: 'c' }, 'ipaUniqueID'],
    ['eDirectory', { GUID: 'a' }, 'GUID'],
  ])('of %s is named where somebody has chosen another one', (_, values, better) => {
    const { mistakes, warnings } = judge(
      { LDAP_Unique_Identifier_Field: 'uid' },
      { values: { ...PERSON, ...values } },
    );
    expect(mistakes).toEqual([]);
    expect(warnings).toEqual([
      expect.objectContaining({ remedy: expect.stringContaining(`Put ${better} first`) }),
    ]);
  });

  it.each([
    ['stops on a number where the entries have a better one', { entryUUID: 'a', uidNumber: '1' }, 1],
    ['goes on with a number where they have none', { uidNumber: '1' }, 0],
    ['stops on a user name where they show none', {}, 1],
    ['goes on with an id that Rocket.Chat lists', { nsuniqueId: 'a', ipaUniqueID: 'b' }, 0],
  ])('by the list of Rocket.Chat %s', (_, values, mistakes) => {
    const list = 'objectGUID,ibm-entryUUID,GUID,dominoUNID,nsuniqueId,uidNumber';
    const judged = judge({ LDAP_Unique_Identifier_Field: list }, { values: { ...PERSON, ...values } });
    expect(judged.mistakes).toHaveLength(mistakes);
  });

  it('is not asked about where users are linked', () => {
    const later = { isFirstImport: false };
    expect(judge({ LDAP_Unique_Identifier_Field: 'uid' }, later)).toMatchObject({
      mistakes: [],
      warnings: [],
    });
  });
});

describe('an attribute that no entry has', () => {
  const settings = { LDAP_Username_Field: 'nick', LDAP_Unique_Identifier_Field: 'uid' };

  it.each([
    [2, [], ['LDAP_Unique_Identifier_Field', 'LDAP_Username_Field']],
    [3, ['LDAP_Username_Field'], ['LDAP_Unique_Identifier_Field']],
  ])('of %i entries: is a mistake from three on', (people, mistakes, warnings) => {
    const judged = judge(settings, { people });
    expect(settingsOf(judged.mistakes)).toEqual(mistakes);
    expect(settingsOf(judged.warnings).sort()).toEqual(warnings);
  });

  it('is a mistake of one entry that has nearly the same', () => {
    expect(settingsOf(judge(settings, { names: ['nic'] }).mistakes)).toEqual(['LDAP_Username_Field']);
  });

  it('is looked for in a thousand entries, and no more', () => {
    expect(judge(settings, { people: 999 }).wantsMore).toBe(true);
    expect(judge(settings, { people: 1_000 }).wantsMore).toBe(false);
    expect(judge({}, { values: { ...PERSON, entryUUID: 'a' } }).wantsMore).toBe(false);
  });

  it('is none of a list of which the entries have another one, or one in a language', () => {
    const list = { LDAP_Username_Field: 'nick,uid', LDAP_Unique_Identifier_Field: 'entryUUID' };
    const values = { uid: 'a', mail: 'a@x.org', 'cn;lang-de': 'A', entryUUID: 'a' };
    expect(judge(list, { people: 5, values })).toEqual({
      mistakes: [],
      warnings: [],
      fields: [],
      wantsMore: false,
    });
  });

  it.each([
    ['an address from three people on', { LDAP_Email_Field: 'post' }, 3, 'LDAP_Email_Field'],
    ['no address of two people', { LDAP_Email_Field: 'post' }, 2, undefined],
    ['an extension from ten people on', { LDAP_Extension_Field: 'pager' }, 10, 'LDAP_Extension_Field'],
    ['no extension of nine people', { LDAP_Extension_Field: 'pager' }, 9, undefined],
  ])('is told for %s', (_, changes, people, setting) => {
    expect(settingsOf(judge(changes, { people }).fields)).toEqual(setting === undefined ? [] : [setting]);
  });

  it('is none for addresses that are made of the user name', () => {
    const made = { LDAP_Default_Domain: 'x.org' };
    expect(judge(made, { people: 5, values: { uid: 'a', cn: 'A' } }).fields).toEqual([]);
  });
});
