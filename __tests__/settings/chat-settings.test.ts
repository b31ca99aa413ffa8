import { parseStored, toSyncSettings } from '../setup/sync-settings.js';

const SPECIAL = { UI_Allow_room_names_with_special_chars: true };
const name = (text: string, settings: Readonly<Record<string, unknown>> = {}) =>
  toSyncSettings(settings).chat.toRoomName(text);

describe('the name of a channel', () => {
  it.each([
    ['general', 'general'],
    [' General_2.x-y ', 'General_2.x-y'],
    ['two words', undefined],
    ['Größe', undefined],
    ['', undefined],
    ['admin', undefined],
    ['ADMIN', undefined],
    ['administrator1', 'administrator1'],
    ['general\n', 'general'],
  ])('is of %j %j', (text, expected) => {
    expect(name(text)).toBe(expected);
  });

  it.each([
    ['Help Desk', 'Help-Desk'],
    ['Größe & Gewicht', 'Groesse-and-Gewicht'],
    ['general', 'general'],
    ['!!!', undefined],
    ['Admin', undefined],
  ])('is of %j the slug %j where channels may be called anything', (text, expected) => {
    expect(name(text, SPECIAL)).toBe(expected);
  });

  it('goes by UTF8_Channel_Names_Validation, between ^ and $', () => {
    const settings = { UTF8_Channel_Names_Validation: '[a-zäöü ]+' };
    expect([name('größe', settings), name('grün tee', settings), name('Grün', settings)]).toEqual([
      undefined,
      'grün tee',
      undefined,
    ]);
  });

  it.each([['(?=x)x'], ['['], ['(?:x{900}){9}']])(
    'goes by the default where the pattern is unusable, with a warning where channels are on: %s',
    (pattern) => {
      const settings = { UTF8_Channel_Names_Validation: pattern };
      expect(parseStored(settings).warnings.map(({ setting }) => setting)).not.toContain(
        'UTF8_Channel_Names_Validation',
      );
      const parsed = parseStored({ ...settings, LDAP_Sync_User_Data_Channels: true });
      expect(parsed.warnings).toContainEqual(
        expect.objectContaining({ setting: 'UTF8_Channel_Names_Validation' }),
      );
      expect(parsed.ok && parsed.settings.chat.toRoomName('general')).toBe('general');
      expect(parsed.ok && parsed.settings.chat.toRoomName('two words')).toBeUndefined();
    },
  );

  it('is none of Accounts_SystemBlockedUsernameList', () => {
    const settings = { Accounts_SystemBlockedUsernameList: 'boss, chief' };
    expect([name('chief', settings), name('Boss', settings), name('admin', settings)]).toEqual([
      undefined,
      undefined,
      'admin',
    ]);
  });
});

describe('the settings of the chat server', () => {
  it('say who owns channels, and what is written when somebody joins', () => {
    expect(toSyncSettings().chat).toMatchObject({
      channelOwner: 'rocket.cat',
      usesEncryption: false,
      usesReadReceipts: false,
    });
    expect(
      toSyncSettings({
        LDAP_Sync_User_Data_Channels_Admin: ' boss ',
        E2E_Enable: true,
        Message_Read_Receipt_Enabled: true,
      }).chat,
    ).toMatchObject({ channelOwner: 'boss', usesEncryption: true, usesReadReceipts: true });
  });
});
