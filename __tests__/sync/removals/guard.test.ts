import { parseSyncSettings } from '../../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../../lib/settings/settings.js';
import type { GuardSettings } from '../../../lib/settings/sync-settings.js';
import { checkAmount, toRemovalLimit } from '../../../lib/sync/removals/check-amount.js';
import {
  checkClearings,
  checkSweep,
  type SweepFacts,
  type SweepVerdict,
} from '../../../lib/sync/removals/guard.js';
import { toRemovalCounts } from '../../../models/removal-kind.js';

const GOOD: SweepFacts = {
  end: { complete: true },
  read: 100,
  unidentified: 0,
  duplicates: 0,
  activeLinkedSeen: 90,
  isVerified: true,
  linkedBefore: 90,
};

describe('a sweep proves that somebody is missing', () => {
  it('only when it ended complete, with everybody told apart and linked people among them', () => {
    expect(checkSweep(GOOD)).toEqual({ allowed: true, sweep: 'verified' });
  });

  it.each<[string, Partial<SweepFacts>]>([
    [
      'it ended at a size limit',
      { end: { complete: false, reason: 'size-limit', message: 'm', remedy: 'r' } },
    ],
    [
      'the server does not page',
      { end: { complete: false, reason: 'paging-unsupported', message: 'm', remedy: 'r' } },
    ],
    [
      'a part is on another server',
      { end: { complete: false, reason: 'referral', message: 'm', remedy: 'r' } },
    ],
    ['it was empty', { read: 0, activeLinkedSeen: 0, isVerified: false }],
    ['two entries have one id', { duplicates: 1 }],
    ['an entry has no id', { unidentified: 1 }],
    ['no linked person was among them', { activeLinkedSeen: 0, isVerified: false }],
    ['nobody was among them who verifies the directory', { isVerified: false }],
  ])('not when %s', (_, facts) => {
    expect(checkSweep({ ...GOOD, ...facts })).toMatchObject({
      allowed: false,
      remedy: expect.stringMatching(/./),
    });
  });

  it.each<[Partial<SweepFacts>, string]>([
    [{ duplicates: 1 }, '1 entry has the same unique id as another one.'],
    [{ duplicates: 2 }, '2 entries have the same unique id as another one.'],
    [{ unidentified: 1 }, '1 entry has none of the unique id attributes.'],
    [{ unidentified: 2 }, '2 entries have none of the unique id attributes.'],
  ])('and says why not: %j', (facts, reason) => {
    expect(checkSweep({ ...GOOD, ...facts })).toMatchObject({ allowed: false, reason });
  });

  const UNREAD = { allowed: false, sweep: 'incomplete' } as const;
  const UNVERIFIED = {
    allowed: false,
    sweep: 'unverified',
    code: 'directory-unverified',
    remedy:
      'Check LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_Unique_Identifier_Field. If they are right, look at the ' +
      'list (ldap.runChanges) and approve it (ldap.approveRun): whoever was found is known from then on.',
  } as const;

  it.each<[string, Partial<SweepFacts>, SweepVerdict]>([
    [
      'it was cut off',
      { end: { complete: false, reason: 'size-limit', message: 'Cut off.', remedy: 'Page.' } },
      {
        ...UNREAD,
        code: 'sweep-incomplete',
        params: { cause: 'size-limit' },
        reason: 'Cut off.',
        remedy: 'Page.',
      },
    ],
    [
      'a part is elsewhere',
      { end: { complete: false, reason: 'referral', message: 'Elsewhere.', remedy: 'Go there.' } },
      {
        ...UNREAD,
        sweep: 'unverified',
        code: 'sweep-incomplete',
        params: { cause: 'referral' },
        reason: 'Elsewhere.',
        remedy: 'Go there.',
      },
    ],
    [
      'it was empty',
      { read: 0 },
      {
        ...UNREAD,
        code: 'directory-empty',
        params: {},
        reason: 'The directory returned no entry at all.',
        remedy: 'Check LDAP_BaseDN, LDAP_User_Search_Filter and the read rights of the service account.',
      },
    ],
    [
      'ids were repeated',
      { duplicates: 3 },
      {
        ...UNREAD,
        code: 'entry-ids-repeated',
        params: { entries: 3 },
        reason: '3 entries have the same unique id as another one.',
        remedy:
          'Give each entry its own id, or name an attribute that is unique in LDAP_Unique_Identifier_Field.',
      },
    ],
    [
      'ids were lacking',
      { unidentified: 3 },
      {
        ...UNREAD,
        code: 'entries-unidentified',
        params: { entries: 3 },
        reason: '3 entries have none of the unique id attributes.',
        remedy:
          'Name an attribute that every entry has in LDAP_Unique_Identifier_Field, or let the service account read it.',
      },
    ],
    [
      'nobody linked was found',
      { activeLinkedSeen: 0, isVerified: false },
      {
        ...UNVERIFIED,
        params: { linked: 90, found: 0, entries: 100 },
        reason: 'None of the 90 linked users was found among 100 entries.',
      },
    ],
    [
      'nobody found proves anything',
      { isVerified: false },
      {
        ...UNVERIFIED,
        params: { linked: 90, found: 90, entries: 100 },
        reason:
          'Of the 90 linked users, only such were found among 100 entries as were linked while nothing showed that ' +
          'this is the right directory.',
      },
    ],
  ])('and gives the code, the numbers and the remedy when %s', (_, facts, verdict) => {
    expect(checkSweep({ ...GOOD, ...facts })).toEqual(verdict);
  });

  it.each<[Partial<SweepFacts>, string]>([
    [{ isVerified: false }, 'unverified'],
    [{ read: 0 }, 'incomplete'],
    [{ duplicates: 1 }, 'incomplete'],
    [{ unidentified: 1 }, 'incomplete'],
    [{ end: { complete: false, reason: 'referral', message: 'm', remedy: 'r' } }, 'unverified'],
    [
      { duplicates: 1, end: { complete: false, reason: 'referral', message: 'm', remedy: 'r' } },
      'incomplete',
    ],
    [{ end: { complete: false, reason: 'size-limit', message: 'm', remedy: 'r' } }, 'incomplete'],
  ])('and says whether the sweep is incomplete or unverified: %j', (facts, sweep) => {
    expect(checkSweep({ ...GOOD, ...facts })).toMatchObject({ allowed: false, sweep });
  });

  it('also when nobody has been linked yet', () => {
    expect(checkSweep({ ...GOOD, activeLinkedSeen: 0, isVerified: false, linkedBefore: 0 })).toEqual({
      allowed: true,
      sweep: 'verified',
    });
  });
});

const LIMIT = { percent: 5, maximum: 500 };
const DEFAULTS: GuardSettings = {
  alwaysAllowed: 10,
  deactivations: LIMIT,
  renames: LIMIT,
  clearings: LIMIT,
  photos: LIMIT,
  memberships: LIMIT,
  reactivations: LIMIT,
  releases: { percent: 0, maximum: 0 },
  merges: { percent: 0, maximum: 0 },
  relinks: LIMIT,
};
/** Four hundred linked users, of whom nobody is to lose anything. */
const NONE = { linked: 400, ...toRemovalCounts() };

describe('the number of removals', () => {
  it.each([
    [0, 10],
    [5, 10],
    [200, 10],
    [219, 10],
    [220, 11],
    [1_000, 50],
    [10_000, 500],
    [10_020, 500],
    [1_000_000, 500],
  ])('of %i linked users may be %i', (linked, limit) => {
    expect(toRemovalLimit(linked, 10, LIMIT)).toBe(limit);
  });

  it.each([
    [{ deactivations: 20, renames: 20, clearings: 20, photos: 20, reactivations: 20 }, true],
    [{ deactivations: 21 }, false],
    [{ renames: 21 }, false],
    [{ clearings: 21 }, false],
    [{ reactivations: 21 }, false],
    [{ releases: 1 }, false],
    [{ merges: 1 }, false],
    [{ relinks: 21 }, false],
    [{ linked: 20, deactivations: 10 }, true],
    [{ linked: 20, deactivations: 11 }, false],
    [{ linked: 0, reactivations: 10 }, true],
    [{ linked: 0, reactivations: 11 }, false],
  ])('%j is allowed: %s', (wanted, allowed) => {
    expect(checkAmount({ ...NONE, ...wanted }, DEFAULTS).allowed).toBe(allowed);
  });

  it.each([
    [
      400,
      21,
      '21 of 400 linked users would be stripped of an address or another value; more than 20 at once ' +
        'wait for an approval.',
    ],
    [
      0,
      11,
      '11 users, of whom none was linked before, would be stripped of an address or another value; ' +
        'more than 10 at once wait for an approval.',
    ],
  ])('of %i linked users is told in the refusal', (linked, clearings, reason) => {
    expect(checkAmount({ ...NONE, linked, clearings }, DEFAULTS)).toMatchObject({
      allowed: false,
      reason,
    });
  });

  it.each(['deactivations', 'renames', 'clearings', 'photos', 'reactivations'] as const)(
    'has a limit of its own for %s',
    (kind) => {
      const many = { deactivations: 21, renames: 21, clearings: 21, photos: 21, reactivations: 21 };
      const wide: GuardSettings = { ...DEFAULTS, [kind]: { percent: 50, maximum: 30 } };
      expect(checkAmount({ ...NONE, [kind]: 30 }, wide).allowed).toBe(true);
      expect(checkAmount({ ...NONE, [kind]: 31 }, wide).allowed).toBe(false);
      expect(checkAmount({ ...NONE, ...many, [kind]: 0 }, wide).allowed).toBe(false);
    },
  );

  it('is named in the refusal, with the settings that say so', () => {
    expect(checkAmount({ ...NONE, deactivations: 21 }, DEFAULTS)).toEqual({
      allowed: false,
      code: 'too-many-removals',
      params: { kind: 'deactivations', wanted: 21, linked: 400, limit: 20 },
      reason: '21 of 400 linked users would be deactivated; more than 20 at once wait for an approval.',
      remedy: expect.stringMatching(
        /^Look at the list \(ldap.runChanges\); then approve it \(ldap.approveRun\), or mend the search base, the filter or the mapping\. .*LDAP_Guard_Deactivations_Percent/,
      ),
    });
  });
});

describe('a field that the directory does not know at all', () => {
  describe.each([
    ['sipExtension', 'telephone extension', 'LDAP_Extension_Field and '],
    ['emails', 'e-mail address', 'LDAP_Email_Field \\(LDAP_AD_Email_Field\\) and '],
  ])('%s', (field, what, setting) => {
    it.each([
      [0, [], true],
      [1, [], true],
      [2, [], false],
      [2, ['sipExtension', 'emails'].filter((other) => other !== field), false],
      [2, [field], true],
      [500, [], false],
    ])('may be taken from %i users when entries fill %j: %s', (users, filled, allowed) => {
      expect(checkClearings(new Map([[field, users]]), new Set(filled)).allowed).toBe(allowed);
    });

    it('is named in the refusal, with the setting that says so', () => {
      expect(checkClearings(new Map([[field, 2]]), new Set())).toEqual({
        allowed: false,
        code: 'attribute-nowhere',
        params: { field },
        reason: expect.stringMatching(new RegExp(`^No entry at all has the attribute of the ${what}, `)),
        remedy: expect.stringMatching(new RegExp(`^Check ${setting}.*ldap\\.approveRun`)),
      });
    });
  });
});

describe('the guard', () => {
  const guardOf = (stored: Readonly<Record<string, unknown>>) => {
    const settings = parseSettings(
      new Map(Object.entries({ LDAP_Host: 'x', LDAP_BaseDN: 'dc=x', LDAP_Server_Type: '', ...stored })),
    );
    const parsed = parseSyncSettings(settings);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return { guard: parsed.settings.guard, warnings: parsed.warnings.map(({ setting }) => setting) };
  };

  it.each([
    'LDAP_Guard_Always_Allowed',
    ...['Deactivations', 'Renames', 'Clearings', 'Reactivations', 'Relinks'].flatMap((kind) => [
      `LDAP_Guard_${kind}_Percent`,
      `LDAP_Guard_${kind}_Maximum`,
    ]),
  ])(
    'is not switched off by a value of %s that is no limit: the default holds, and the report says so',
    (id) => {
      for (const value of [
        0,
        -1,
        Number.NaN,
        Infinity,
        '',
        ' ',
        'off',
        'NaN',
        '0',
        false,
        [],
        {},
        1e9,
        5.5,
      ]) {
        expect(guardOf({ [id]: value })).toEqual({ guard: DEFAULTS, warnings: [id] });
      }
    },
  );

  it('is not switched off by null, which is not set', () => {
    expect(guardOf({ LDAP_Guard_Deactivations_Percent: null })).toEqual({ guard: DEFAULTS, warnings: [] });
  });

  it('takes the limits an administrator gives', () => {
    const { guard } = guardOf({
      LDAP_Guard_Renames_Percent: 20,
      LDAP_Guard_Renames_Maximum: '2000',
      LDAP_Guard_Always_Allowed: 3,
    });
    expect(guard).toEqual({ ...DEFAULTS, alwaysAllowed: 3, renames: { percent: 20, maximum: 2_000 } });
  });
});
