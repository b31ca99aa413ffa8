import { useEffect, useState } from 'preact/hooks';
import type { Change, FieldChange } from '../api/answers.js';
import type { AskedPhoto } from '../api/server.js';
import type * as pictures from '../photos/picture.js';
import { Text } from './text.js';
import { DIGEST } from './value-text.js';

/** The row of a change of a photo: its person, and whether the change still waits. */
export type WithPhotos = Pick<Change, 'userId' | 'dn' | 'state'>;

interface Photos {
  readonly from?: AskedPhoto | undefined;
  readonly to?: AskedPhoto | undefined;
}

/**
 * While a change waits, the old photo is the picture in the chat and the new one is in the directory. Afterwards there
 * is no old one any more.
 */
export function toPhotosOf(row: WithPhotos | undefined, { field, from, to }: FieldChange): Photos {
  if (field !== 'photo' || !row || (row.state !== 'planned' && row.state !== 'waiting')) return {};
  const { userId, dn } = row;
  const ofUser = userId === undefined ? {} : { userId };
  return {
    ...(userId === undefined ? {} : { from: { which: 'chat', userId, ...toSha256(from) } }),
    to: { which: 'directory', ...(dn === undefined ? ofUser : { dn }), ...toSha256(to) },
  };
}

function toSha256(value: unknown): Pick<AskedPhoto, 'sha256'> {
  return typeof value === 'string' && DIGEST.test(value) ? { sha256: value } : {};
}

interface Props {
  readonly asked: AskedPhoto | undefined;
  /** What stands in its place until it is there, and where there is none. */
  readonly text: string;
}

/** A value of a field that may be a photo: the picture, else the words. */
export function Photo({ asked, text }: Props) {
  const [loaded, setLoaded] = useState<Pick<typeof pictures, 'Picture'>>();
  const isAsked = asked !== undefined;
  useEffect(() => {
    // The words stay where it cannot be loaded.
    if (isAsked) import('../photos/picture.js').then(setLoaded, () => undefined);
  }, [isAsked]);
  if (!asked || !loaded) return <Text value={text} />;
  return <loaded.Picture asked={asked} text={text} />;
}
