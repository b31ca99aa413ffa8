import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { toPhoto } from '../../lib/mapping/entry-photo.js';
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
