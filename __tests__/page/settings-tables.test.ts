import { SETTINGS } from '../../lib/settings/definitions.js';
import { SECRET_IDS } from '../../lib/settings/secret-settings.js';
import { toSettingRows } from '../../lib/configure/setting-rows.js';
import { parsePattern } from '../../lib/schedule/schedule-pattern.js';
import { findNextTimes, PRESETS, toPattern } from '../../ui/schedule/next-times.js';
import { isPasswordWanted } from '../../ui/settings/is-password-wanted.js';
import { needsPreview, SCHEDULED, SECTIONS, toRowsOf, toSectionOf } from '../../ui/settings/sections.js';
import { SETTING_NAMES } from '../../ui/settings/setting-names.js';
import { aboutDe } from '../../ui/settings/words/about-de.js';
import { settingsDe } from '../../ui/settings/settings-de.js';
import { settingsEn } from '../../ui/settings/settings-en.js';
import { toFormer } from '../../ui/settings/to-former.js';
import type { Word } from '../../ui/words/word.js';

const NOW = new Date('2026-03-28T12:00:00Z');
const rows = toSettingRows({ values: new Map(), overridden: new Set() });

describe('the settings of the page', () => {
  it('have the same parameters and plurals in English and in German', () => {
    const toShape = (word: Word): string => {
      const texts = typeof word === 'string' ? [word] : [word.other];
      const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      return [typeof word, ...new Set(names)].sort().join(' ');
    };
    const keys = Object.keys(settingsEn) as (keyof typeof settingsEn)[];
    const differing = keys.filter((key) => toShape(settingsEn[key]) !== toShape(settingsDe[key]));
    expect(differing).toEqual([]);
  });

  it('are each called something of their own in both languages', () => {
    for (const language of [0, 1]) {
      const names = Object.values(SETTING_NAMES).map((pair) => pair[language]);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it('each say in German what they are for, with the same settings and values named', () => {
    const about: Readonly<Record<string, string>> = aboutDe;
    expect(Object.keys(about).sort()).toEqual(rows.map(({ setting }) => setting).sort());
    // What stands between backticks, ids of settings, and words that are typed as they are.
    const toNamed = (text = ''): readonly string[] =>
      [...new Set(text.match(/`[^`]+`|\b[A-Z][A-Za-z0-9]*_\w+|\{"[^ ]+\}|\b\w+\(\)/g))].sort();
    for (const { setting, about: english } of rows)
      expect([setting, toNamed(about[setting])]).toEqual([setting, toNamed(english)]);
  });

  it('are each shown in one section or in the schedule, whichever kind of directory it is', () => {
    for (const isAd of [true, false]) {
      const shown = SECTIONS.flatMap((section) => {
        const { first, further } = toRowsOf(section, rows, isAd);
        return [...first, ...further].map(({ setting }) => setting);
      });
      expect([...shown, ...SCHEDULED].sort()).toEqual(rows.map(({ setting }) => setting).sort());
    }
  });

  it('of LDAP that have an effect all belong to a section by their meaning, but for few', () => {
    const others = rows.filter((row) => row.effect === 'used' && toSectionOf(row) === 'others');
    const own = others.filter(({ setting }) => setting.startsWith('LDAP_') && !SCHEDULED.includes(setting));
    expect(own.map(({ setting }) => setting)).toEqual(['LDAP_Sync_Default_Channels']);
  });

  it.each([
    ['LDAP_Host', true],
    ['LDAP_BaseDN', true],
    ['LDAP_User_Search_Filter', true],
    ['LDAP_Unique_Identifier_Field', true],
    ['LDAP_Sync_User_Data_RolesMap', true],
    ['LDAP_Background_Sync_Disable_Missing_Users', true],
    ['LDAP_Guard_Always_Allowed', false],
    ['LDAP_Background_Sync_Interval', false],
    ['LDAP_Sync_Time_Zone', false],
  ])('%s is previewed before it is saved: %s', (setting, isPreviewed) => {
    expect(needsPreview(setting)).toBe(isPreviewed);
  });

  it('that are secret are known by their names, so that the page asks for them again', () => {
    const wanted = Object.keys(SETTINGS).filter((setting) =>
      isPasswordWanted({ setting, message: '', remedy: '' }, {}),
    );
    expect(wanted.sort()).toEqual([...SECRET_IDS].sort());
  });

  it('go back to what they were before the oldest of the changes that are taken back', () => {
    const at = '2026-01-01T00:00:00Z';
    const by = { _id: 'a' };
    const newest = { _id: '2', at, by, changes: [{ setting: 'LDAP_Port', from: 636, to: 389 }] };
    const oldest = {
      ...{ _id: '1', at, by },
      changes: [
        { setting: 'LDAP_Port', from: null, to: 636 },
        { setting: 'LDAP_Authentication_Password', isSecret: true },
      ],
    };
    expect(toFormer([newest, oldest])).toEqual({
      values: { LDAP_Port: null },
      secrets: ['LDAP_Authentication_Password'],
    });
  });
});

describe('the next times of the page', () => {
  it.each([
    ...Object.keys(PRESETS),
    '30 2 * * *',
    '*/15 * * * *',
    '0 9 * * 1-5',
    'every 5 minutes',
    'every 1 hours',
    'Every 6 hours',
  ])('are those at which the server starts %s, over the change to summer time, too', (text) => {
    const pattern = parsePattern(text, 'Europe/Vienna');
    if ('fault' in pattern) throw new Error(pattern.fault);
    expect(toPattern(text)).toBe(pattern.text);
    let time: Date | undefined = NOW;
    const served = Array.from({ length: 5 }, () => (time = time && pattern.next(time)));
    expect(findNextTimes(text, 'Europe/Vienna', NOW)).toEqual(served);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'often'],
    ['six fields', '* * * * * *'],
    ['a minute that is none', '61 * * * *'],
    ['a day that never comes', '0 0 30 2 *'],
    ['a long text', '* '.repeat(200)],
  ])('of %s are none, as the server refuses it', (_name, text) => {
    expect(findNextTimes(text, 'UTC', NOW)).toBeUndefined();
    expect(parsePattern(text, 'UTC')).toHaveProperty('fault');
  });
});
