import { SETTING_IDS } from '../../lib/settings/definitions.js';
import { isSwitchedOn } from '../../lib/settings/effects/switched-on.js';
import { SETTING_EFFECTS, UNFOLLOWED_IDS } from '../../lib/settings/setting-effects.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { findStoredWithoutEffect } from '../../lib/settings/stored-without-effect.js';
import { ROCKETCHAT_DEFAULTS } from '../setup/rocketchat-defaults.js';
import { LDAP_IDS, OTHER_IDS } from '../setup/rocketchat-setting-ids.js';

const ROWS = Object.entries(SETTING_EFFECTS);

/**
 * Of Rocket.Chat's, so that none is forgotten; this package's own are the guard's, the history's, the
 * mail's and some of the connection's and the policy's.
 */
const OWN =
  /^LDAP_(?:Guard|Sync_(?:History|Mail|Default|Room|Time)|Failover|Dereference|Active_State|Free_Names)_|AutoLogout_Gone$/;

describe('the table of what each setting does', () => {
  it('has all 82 settings of the LDAP of Rocket.Chat, and a sentence about each', () => {
    const theirs = ROWS.map(([id]) => id).filter((id) => id.startsWith('LDAP_') && !OWN.test(id));
    expect(theirs.sort()).toEqual([...LDAP_IDS].sort());
    expect(LDAP_IDS).toHaveLength(82);
    for (const [id, { about }] of ROWS) expect([id, about]).toEqual([id, expect.stringMatching(/^\S.*[.]$/)]);
  });

  it.each(OTHER_IDS)('has %s, which that LDAP reads besides', (id) => {
    expect(SETTING_EFFECTS).toHaveProperty(id);
  });

  it('says of every setting that is read that it is used, and of no other', () => {
    const used = ROWS.filter(([, { kind }]) => kind === 'used').map(([id]) => id);
    expect(used.sort()).toEqual([...SETTING_IDS].sort());
  });
});

describe('what is stored and has no effect', () => {
  const listed = (values: Readonly<Record<string, unknown>>) =>
    findStoredWithoutEffect(parseSettings(new Map(Object.entries(values))));

  it('is every setting of Rocket.Chat that is not used, as it stores them, each with a sentence', () => {
    const rows = listed({ ...ROCKETCHAT_DEFAULTS });
    const stored = UNFOLLOWED_IDS.filter((id) => id in ROCKETCHAT_DEFAULTS);
    expect(rows.map(({ setting }) => setting)).toEqual(stored);
    for (const { why } of rows) expect(why).toMatch(/^\S.*[.]$/);
  });

  it('shows no invisible character of an id', () => {
    expect(JSON.stringify(listed({ 'LDAP_\u202ex': 1 }))).not.toContain('\u202e');
  });
});

describe('a switch is on', () => {
  it.each([true, 'true', 'TRUE', 1, '1', 'yes', 'off', {}, [], [false], Number.NaN, -1])(
    'when it is %j',
    (value) => {
      expect(isSwitchedOn(value)).toBe(true);
    },
  );

  it.each([undefined, null, false, 'false', ' False ', 0, '0', '', ' '])('not when it is %j', (value) => {
    expect(isSwitchedOn(value)).toBe(false);
  });
});
