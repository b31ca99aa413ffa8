import type { Person } from '../../../lib/mapping/map-entry.js';
import { toPhotoHash } from '../../../lib/sync/avatars/avatar-decision.js';
import { toRefusedPhoto } from '../../../lib/sync/avatars/refused-photo.js';
import { decidePhoto } from '../../../lib/sync/sweep/decide-photo.js';
import type { UserLdapSyncRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';

const NOW = new Date(0);
/** A picture of one pixel. */
const A = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
/** The same with something behind its end. */
const B = Buffer.concat([A, Buffer.from('b')]);
const ODD = Buffer.from('no photo');

function decide(
  all: readonly Buffer[],
  ldapSync: UserLdapSyncRecord = {},
  others: readonly (readonly Buffer[])[] = [],
) {
  const photo = { bytes: all[0] as Buffer, all, others } satisfies Person['photo'];
  const intent = decidePhoto({ ...ADA, photo }, { _id: 'u', username: 'ada', ldapSync }, NOW);
  if (!intent) return 'nothing';
  return 'rejection' in intent ? 'rejected' : intent.bytes;
}

describe('of several photos', () => {
  it('the one that has been taken over stays while it is among them', () => {
    expect(decide([A, B], { photo: toPhotoHash(B) })).toBe('nothing');
    expect(decide([A, B], { photo: toPhotoHash(A) })).toBe('nothing');
    expect(decide([A, B], { photo: 'another' })).toBe(A);
  });

  it('the first is taken that is one', () => {
    expect(decide([A, B])).toBe(A);
    expect(decide([ODD, B])).toBe(B);
    expect(decide([ODD, ODD])).toBe(ODD);
  });

  it('one that was refused before gives way to another', () => {
    const refusedPhoto = toRefusedPhoto(toPhotoHash(A), 'damaged', NOW);
    expect(decide([A, B], { refusedPhoto })).toBe(B);
    expect(decide([A], { refusedPhoto })).toBe('rejected');
  });
});

describe('of photos in several attributes', () => {
  const others = [[ODD], [B]];
  const refusedPhoto = toRefusedPhoto(toPhotoHash(A), 'damaged', NOW);

  it('that of the first attribute is taken, also when that of another had been taken over', () => {
    expect(decide([A], {}, others)).toBe(A);
    expect(decide([A], { photo: toPhotoHash(B) }, others)).toBe(A);
    expect(decide([A], { photo: toPhotoHash(A) }, others)).toBe('nothing');
  });

  it('the first that can be used is taken where that of the first attribute is none, or was refused', () => {
    expect(decide([ODD], {}, others)).toBe(B);
    expect(decide([A], { refusedPhoto }, others)).toBe(B);
    expect(decide([A], { refusedPhoto, photo: toPhotoHash(B) }, others)).toBe('nothing');
  });

  it('the first is refused where none can be used', () => {
    expect(decide([ODD], {}, [[ODD]])).toBe(ODD);
    expect(decide([A], { refusedPhoto }, [[ODD]])).toBe('rejected');
  });
});
