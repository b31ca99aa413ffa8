import { toRequestedAttributes } from '../../lib/mapping/map-entry.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const LIST = 'LDAP_User_Search_AttributesToQuery';
const BASE = 'uid,cn,mail,entryUUID,userAccountControl';
const GOOD = {
  LDAP_Host: 'x',
  LDAP_BaseDN: 'dc=x',
  LDAP_Server_Type: '',
  LDAP_Encryption: 'ssl',
  LDAP_Unique_Identifier_Field: 'entryUUID',
};

function parse(list: string, settings: object = {}) {
  return parseSyncSettings(parseSettings(new Map(Object.entries({ ...GOOD, [LIST]: list, ...settings }))));
}
function mappingOf(list: string, settings: object = {}) {
  const parsed = parse(list, settings);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { mapping: parsed.settings.mapping, warnings: parsed.warnings };
}
const allows = (list: string, name: string) =>
  mappingOf(list).mapping.attributesToQuery?.allows(name) ?? true;

describe('the list of attributes that may be read', () => {
  it.each(['*,+', ' + , * ', '', ' , ', '*,uid,+'])('leaves nothing out when it is "%s"', (list) => {
    const { mapping, warnings } = mappingOf(list);
    expect([mapping.attributesToQuery, mapping.unreadParts ?? [], warnings]).toEqual([undefined, [], []]);
  });

  it.each<[string, string, boolean]>([
    [BASE, 'UID', true],
    [BASE, 'mail;lang-en', true],
    [BASE, 'description', false],
    [`${BASE},description;lang-en`, 'description', false],
    [`${BASE},description;lang-en`, 'description;lang-EN', true],
    ['*,entryUUID', 'description', true],
    ['*,entryUUID', 'createTimestamp', false],
    ['*,entryUUID', 'memberOf', true],
    ['+,uid,cn,mail', 'createTimestamp', true],
    ['+,uid,cn,mail', 'memberOf', true],
    ['+,uid,cn,mail', 'description', false],
  ])('with %s: may %s be read? %s', (list, name, allowed) => {
    expect(allows(list, name)).toBe(allowed);
  });

  it('is what a run asks for at most', () => {
    const { mapping } = mappingOf(`${BASE},userPassword`, { LDAP_Extension_Field: 'telephoneNumber' });
    expect(
      toRequestedAttributes(mapping, ['objectGUID', 'description'])
        .map((name) => name.toLowerCase())
        .sort(),
    ).toEqual(BASE.toLowerCase().split(',').sort());
  });

  it('has its odd names told', () => {
    expect(mappingOf(`${BASE},a b`).warnings).toMatchObject([
      { setting: LIST, message: expect.stringContaining('a b') },
    ]);
  });
});

describe('what is mapped and left out', () => {
  it.each<[string, string, object, string]>([
    ['the unique id', 'uid,cn,mail', {}, 'nobody could be told apart'],
    ['the user name', BASE, { LDAP_Username_Field: 'login' }, 'nobody would have a user name'],
    [
      'a part of a template of user names',
      BASE,
      { LDAP_Username_Field: '#{cn}.#{sn}' },
      'nobody would have a user name',
    ],
    ['addresses', 'uid,cn,entryUUID', {}, 'nobody would have an address'],
    [
      'what says who is disabled',
      BASE,
      { LDAP_Active_State_Attributes: 'shadowExpire,accountExpires' },
      'would be seen',
    ],
    [
      'what the user name is computed of',
      BASE,
      {
        LDAP_Username_Field: 'log_in',
        LDAP_DataSync_UseVariables: true,
        LDAP_DataSync_VariableMap: '{"log_in":{"input":"sn"}}',
      },
      'nobody would have a user name',
    ],
  ])('ends the run, where it is %s', (_, list, settings, why) => {
    const parsed = parse(list, settings);
    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        {
          setting: LIST,
          message: expect.stringContaining(why),
          remedy: expect.stringContaining(`to ${LIST}`),
        },
      ],
    });
  });

  it.each<[string, object, string, object]>([
    [
      'the name',
      { LDAP_Name_Field: 'displayName,cn' },
      'displayName',
      { unreadParts: ['name'], name: { attributes: ['cn'] } },
    ],
    [
      'a template of the name',
      { LDAP_Name_Field: '#{cn} #{sn}' },
      'sn',
      { unreadParts: ['name'], name: { attributes: [] } },
    ],
    [
      'an address',
      { LDAP_Email_Field: 'work,mail' },
      'work',
      { unreadParts: ['emails'], emailAttributes: ['mail'] },
    ],
    ['one of the user names', { LDAP_Username_Field: 'login,uid' }, 'login', { unreadParts: ['username'] }],
    [
      'one of the ids',
      { LDAP_Unique_Identifier_Field: 'nsUniqueId,entryUUID' },
      'nsUniqueId',
      { idAttributes: ['entryUUID', 'uid'] },
    ],
    ['the extension', { LDAP_Extension_Field: 'phone' }, 'phone', { extensionAttribute: undefined }],
    [
      'the photo',
      { LDAP_Avatar_Field: 'face', LDAP_Sync_User_Avatar: true, LDAP_Background_Sync_Avatars: true },
      'face',
      { photoAttributes: [] },
    ],
    [
      'a custom field',
      {
        LDAP_Sync_Custom_Fields: true,
        LDAP_CustomFieldMap: '{"ou":"team","cn":"nick"}',
        Accounts_CustomFields: '{"team":{},"nick":{}}',
      },
      'ou',
      { customFields: [{ path: 'customFields.nick' }] },
    ],
  ])('is told and not read, where it is %s', (_, settings, name, expected) => {
    const { mapping, warnings } = mappingOf(BASE, settings);
    expect(mapping).toMatchObject(expected);
    expect(warnings).toMatchObject([
      { setting: LIST, message: expect.stringContaining(name), remedy: expect.stringContaining('Add ') },
    ]);
    expect(toRequestedAttributes(mapping)).not.toContain(name);
  });
});
