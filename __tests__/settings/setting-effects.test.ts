import { SETTING_IDS } from '../../lib/settings/definitions.js';
import { isSwitchedOn } from '../../lib/settings/effects/switched-on.js';
import { SETTING_EFFECTS, WATCHED_IDS } from '../../lib/settings/setting-effects.js';

const ROWS = Object.entries(SETTING_EFFECTS);

/**
 * Of Rocket.Chat's, so that none is forgotten; this package's own are the guard's, the history's, the
 * mail's and some of the connection's and the policy's.
 */
const OWN =
  /^LDAP_(?:Guard|Sync_(?:History|Mail|Default|Room|Time)|Failover|Dereference|Active_State|Free_Names)_|AutoLogout_Gone$/;

describe('the table of what each setting does', () => {
  it('has all 82 settings of the LDAP of Rocket.Chat, and a sentence about each', () => {
    expect(ROWS.filter(([id]) => id.startsWith('LDAP_') && !OWN.test(id))).toHaveLength(82);
    for (const [id, { about }] of ROWS) expect([id, about]).toEqual([id, expect.stringMatching(/^\S.*[.]$/)]);
  });

  it('says of every setting that is read that it is used, and of no other', () => {
    const used = ROWS.filter(([, { kind }]) => kind === 'used').map(([id]) => id);
    expect(used.sort()).toEqual([...SETTING_IDS].sort());
  });

  it('names what a setting is a part of', () => {
    for (const [, effect] of ROWS) if (effect.kind === 'part') expect(WATCHED_IDS).toContain(effect.of);
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
