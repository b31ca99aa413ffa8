import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { RIGHTS_ATTRIBUTE } from '../../lib/directory/effective-rights.js';
import { showsPhotos, toPhoto } from '../../lib/mapping/entry-photo.js';
import { toEntry } from '../setup/entries.js';

const NAMES = ['thumbnailPhoto', 'jpegPhoto'];
const [A, B] = [Buffer.from('a'), Buffer.from('b')];
const photo = (values: Readonly<Record<string, Buffer>>) => toPhoto(toEntry('cn=ada,dc=x', values), NAMES);

it('the photo of the first attribute comes first, and those of the others behind it', () => {
  expect(photo({ thumbnailPhoto: A, jpegPhoto: B })).toEqual({ bytes: A, others: [[B]] });
  expect(photo({ jpegPhoto: B })).toEqual({ bytes: B });
  expect(photo({})).toBeUndefined();
});

it('a photo that was too large to be read gives way to that of another attribute', () => {
  const large = { values: [], droppedBytes: 99 };
  const entry = toEntry('cn=ada,dc=x', { jpegPhoto: B });
  const withLarge = (attributes: DirectoryEntry['attributes']): DirectoryEntry => ({
    ...entry,
    attributes: new Map([...attributes, ['thumbnailphoto', large as never]]),
  });
  expect(toPhoto(withLarge(entry.attributes), NAMES)).toEqual({ bytes: B });
  expect(toPhoto(withLarge(new Map()), NAMES)).toEqual({ droppedBytes: 99 });
});

it.each([
  ['photos were not asked for', [], undefined, '', false],
  ['the server tells no rights', NAMES, undefined, '', true],
  ['the server says that a photo may be read', NAMES, 'by-rights', 'uid:rsc, jpegPhoto:rsc', true],
  ['the server says that none may be read', NAMES, 'by-rights', 'uid:rsc, jpegPhoto:none', false],
] as const)(
  'where %s, an entry without a photo shows that there is none: %#',
  (_where, photoAttributes, stateReading, rights, shows) => {
    const entry = toEntry('cn=ada,dc=x', rights === '' ? {} : { [RIGHTS_ATTRIBUTE]: rights });
    expect(showsPhotos(entry, { photoAttributes, ...(stateReading ? { stateReading } : {}) })).toBe(shows);
  },
);
