import fc from 'fast-check';
import { checkAmount, toRemovalLimit, type WantedRemovals } from '../../lib/sync/removals/check-amount.js';
import { toParameters } from '../setup/holds.js';

const limits = fc.record({
  percent: fc.integer({ min: 1, max: 50 }),
  maximum: fc.integer({ min: 1, max: 100_000 }),
});
const alwaysAllowed = fc.integer({ min: 1, max: 1_000 });
const linked = fc.nat(1_000_000);
const KINDS = [
  'deactivations',
  'renames',
  'clearings',
  'photos',
  'memberships',
  'reactivations',
  'releases',
  'relinks',
] as const;

it('the limit is never above the maximum, and never below what is always allowed unless the maximum is', () => {
  fc.assert(
    fc.property(linked, alwaysAllowed, limits, (people, always, limit) => {
      const allowed = toRemovalLimit(people, always, limit);
      expect(allowed).toBeLessThanOrEqual(limit.maximum);
      expect(allowed).toBeGreaterThanOrEqual(Math.min(always, limit.maximum));
      expect(Number.isInteger(allowed)).toBe(true);
    }),
    toParameters(200),
  );
});

it('the limit is never more than half of the linked users, where more than the always allowed may go', () => {
  fc.assert(
    fc.property(linked, alwaysAllowed, limits, (people, always, limit) => {
      const allowed = toRemovalLimit(people, always, limit);
      if (allowed > always) expect(allowed).toBeLessThanOrEqual(people / 2);
    }),
    toParameters(200),
  );
});

it('the limit does not fall when more people are linked', () => {
  fc.assert(
    fc.property(linked, fc.nat(10_000), alwaysAllowed, limits, (people, more, always, limit) => {
      expect(toRemovalLimit(people + more, always, limit)).toBeGreaterThanOrEqual(
        toRemovalLimit(people, always, limit),
      );
    }),
    toParameters(200),
  );
});

it('an amount is refused exactly when one kind is above its own limit', () => {
  const settings = fc.record({
    alwaysAllowed,
    deactivations: limits,
    renames: limits,
    clearings: limits,
    photos: limits,
    memberships: limits,
    reactivations: limits,
    releases: fc.constant({ percent: 0, maximum: 0 }),
    merges: fc.constant({ percent: 0, maximum: 0 }),
    relinks: limits,
  });
  const few = fc.oneof(fc.nat(30), fc.nat(2_000));
  const wanted: fc.Arbitrary<WantedRemovals> = fc.record({
    linked: few,
    deactivations: few,
    renames: few,
    clearings: few,
    photos: few,
    memberships: few,
    reactivations: few,
    releases: few,
    merges: fc.constant(0),
    relinks: few,
  });
  fc.assert(
    fc.property(wanted, settings, (amount, guard) => {
      const isTooMany = KINDS.some(
        (kind) => amount[kind] > toRemovalLimit(amount.linked, guard.alwaysAllowed, guard[kind]),
      );
      expect(checkAmount(amount, guard).allowed).toBe(!isTooMany);
    }),
    toParameters(200),
  );
});
