import type { Person } from '../../../lib/mapping/map-entry.js';
import { toPhotoHash } from '../../../lib/sync/avatars/avatar-decision.js';
import { toRefusedPhoto } from '../../../lib/sync/avatars/refused-photo.js';
import { decidePhoto } from '../../../lib/sync/sweep/decide-photo.js';
import type { UserLdapSyncRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';

const NOW = new Date(0);
const [A, B] = ['a', 'b'].map((text) =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(text)]),
) as [Buffer, Buffer];
const ODD = Buffer.from('no photo');

function decide(all: readonly Buffer[], ldapSync: UserLdapSyncRecord = {}) {
  const photo = { bytes: all[0] as Buffer, all } satisfies Person['photo'];
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
