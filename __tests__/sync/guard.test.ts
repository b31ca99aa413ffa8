import { checkAmount, checkSweep, toRemovalLimit, type SweepFacts } from '../../lib/sync/guard.js';

const GOOD: SweepFacts = { end: { complete: true }, read: 100, unidentified: 0, duplicates: 0, linkedSeen: 90, linkedBefore: 90 };

describe('a sweep proves that somebody is missing', () => {
  it('only when it ended complete, with everybody told apart and linked people among them', () => {
    expect(checkSweep(GOOD)).toEqual({ allowed: true });
  });

  it.each<[string, Partial<SweepFacts>]>([
    ['it ended at a size limit', { end: { complete: false, reason: 'size-limit', message: 'm', remedy: 'r' } }],
    ['the server does not page', { end: { complete: false, reason: 'paging-unsupported', message: 'm', remedy: 'r' } }],
    ['a part is on another server', { end: { complete: false, reason: 'referral', message: 'm', remedy: 'r' } }],
    ['it was empty', { read: 0, linkedSeen: 0 }],
    ['two entries have one id', { duplicates: 1 }],
    ['an entry has no id', { unidentified: 1 }],
    ['no linked person was among them', { linkedSeen: 0 }],
  ])('not when %s', (_, facts) => {
    expect(checkSweep({ ...GOOD, ...facts })).toMatchObject({ allowed: false, remedy: expect.stringMatching(/./) });
  });

  it('also when nobody has been linked yet', () => {
    expect(checkSweep({ ...GOOD, linkedSeen: 0, linkedBefore: 0 })).toEqual({ allowed: true });
  });
});

describe('the number of removals', () => {
  it.each([
    [0, 10],
    [5, 10],
    [100, 10],
    [101, 10],
    [109, 10],
    [110, 11],
    [1_000, 100],
    [5_005, 500],
  ])('of %i linked users may be %i', (linked, limit) => {
    expect(toRemovalLimit(linked)).toBe(limit);
  });

  it.each([
    [{ linked: 200, deactivations: 20, renames: 20, clearings: 20 }, true],
    [{ linked: 200, deactivations: 21, renames: 0, clearings: 0 }, false],
    [{ linked: 200, deactivations: 0, renames: 21, clearings: 0 }, false],
    [{ linked: 200, deactivations: 0, renames: 0, clearings: 21 }, false],
    [{ linked: 20, deactivations: 10, renames: 0, clearings: 0 }, true],
    [{ linked: 20, deactivations: 11, renames: 0, clearings: 0 }, false],
  ])('%j is allowed: %s', (wanted, allowed) => {
    expect(checkAmount(wanted).allowed).toBe(allowed);
  });

  it('is named in the refusal', () => {
    expect(checkAmount({ linked: 200, deactivations: 21, renames: 0, clearings: 0 })).toMatchObject({
      reason: '21 of 200 linked users would be deactivated; more than 20 at once is held.',
    });
  });
});
