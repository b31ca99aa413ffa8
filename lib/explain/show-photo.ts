import type { UserRecord } from '../../models/user.js';
import type { OpenDirectory } from '../directory/directory.js';
import { toPhoto } from '../mapping/entry-photo.js';
import { toLdapIdentity } from '../mapping/ldap-identity.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { ReadSettings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { toPhotoHash } from '../sync/avatars/avatar-decision.js';
import { preparePhoto } from '../sync/avatars/photo.js';
import type { PhotoDecoder } from '../sync/avatars/photo-decoder.js';
import type { ReadAvatar } from '../sync/avatars/read-avatar.js';
import { isReadablePicture } from '../sync/avatars/read-picture.js';
import { createEntrySearch } from '../sync/person/find-entry.js';
import type { UserReads } from '../sync/person/find-user.js';
import type { FoundEntry } from '../sync/person/found-entry.js';
import { photoNotShown } from './photo-not-shown.js';
import { withDeadline } from './with-deadline.js';

/** Which picture of whom. */
export interface AskedPhoto {
  /** What the chat server shows, or what the directory has now. */
  readonly which: 'chat' | 'directory';
  /** `users._id`, or else the DN of the entry. */
  readonly userId?: string | undefined;
  readonly dn?: string | undefined;
  /** Only this one, as a row of a run names it: hex SHA-256 of the directory's photo. */
  readonly sha256?: string | undefined;
}

/**
 * The picture as a JPEG that was made anew, as a sync makes one. Rejects with an `LdapSyncError` where there is none
 * to be shown. Writes nothing.
 */
export type ShowPhoto = (asked: AskedPhoto, gone: AbortSignal) => Promise<Buffer>;

interface Dependencies {
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
  readonly createUserReads: () => Pick<UserReads, 'findById'>;
  /** Absent where the host keeps pictures in a place of its own. */
  readonly readAvatar: ReadAvatar | undefined;
  readonly decoder: PhotoDecoder;
}

export function createShowPhoto(dependencies: Dependencies): ShowPhoto {
  const { readSettings, createUserReads, decoder } = dependencies;

  return async (asked, gone) => {
    const stored = await readSettings();
    if (!stored.get('LDAP_Enable')) throw photoNotShown('ldap-disabled');
    const parsed = parseSyncSettings(stored);
    if (!parsed.ok) throw photoNotShown('settings-unusable');
    const { settings } = parsed;
    const { userId } = asked;
    const user = userId === undefined ? undefined : await findPerson(userId, createUserReads());
    return withDeadline(async (late) => {
      const signal = AbortSignal.any([late, gone]);
      const bytes =
        asked.which === 'chat'
          ? await readChat(user, asked.sha256)
          : await readDirectory(asked, { user, settings, signal });
      return preparePhoto(bytes, settings.photo, { decoder, signal });
    });
  };

  async function readChat(user: UserRecord | undefined, sha256: string | undefined): Promise<Buffer> {
    if (!user) throw photoNotShown('no-user');
    const known = user.ldapSync?.photo ?? user.avatarETag;
    if (sha256 !== undefined && sha256 !== known) throw photoNotShown('changed');
    const bytes = dependencies.readAvatar ? await dependencies.readAvatar(user) : 'elsewhere';
    if (bytes === 'elsewhere') throw photoNotShown('elsewhere');
    if (!bytes) throw photoNotShown('no-picture');
    return bytes;
  }

  async function readDirectory(
    { dn = '', sha256 }: AskedPhoto,
    { user, settings, signal }: Looked,
  ): Promise<Buffer> {
    const found = await lookUp(dn, { user, settings, signal });
    if (!found?.entry) throw photoNotShown('no-entry');
    const photo = toPhoto(found.entry, settings.mapping.photoAttributes);
    if (!photo) throw photoNotShown('no-picture');
    if ('droppedBytes' in photo) throw photoNotShown('too-large');
    const { bytes, all = [bytes], others = [] } = photo;
    return choose([...all, ...others.flat()], { sha256, taken: user?.ldapSync?.photo });
  }

  async function lookUp(dn: string, { user, settings, signal }: Looked): Promise<FoundEntry | undefined> {
    const directory = await dependencies.openDirectory(settings.address, signal);
    try {
      const search = createEntrySearch(directory, settings, signal);
      const identity = user && toLdapIdentity(user);
      return await (identity ? search.byId(identity) : search.byDN(dn));
    } finally {
      directory.close();
    }
  }
}

interface Looked {
  readonly user: UserRecord | undefined;
  readonly settings: SyncSettings;
  readonly signal: AbortSignal;
}

/** Pictures are shown only of users who are linked to an entry. */
async function findPerson(userId: string, users: Pick<UserReads, 'findById'>): Promise<UserRecord> {
  const user = (await users.findById([userId])).get(userId);
  if (!user) throw photoNotShown('no-user');
  if (!toLdapIdentity(user)) throw photoNotShown('not-of-directory');
  return user;
}

interface Wanted {
  readonly sha256: string | undefined;
  /** The photo that a sync has taken over before. */
  readonly taken: string | undefined;
}

/** The photo that a sync would take: the one that was taken before, else the first that can be read. */
function choose(photos: readonly Buffer[], { sha256, taken }: Wanted): Buffer {
  const named = photos.find((photo) => toPhotoHash(photo) === (sha256 ?? taken));
  if (named) return named;
  const [first] = photos;
  if (sha256 !== undefined || !first) throw photoNotShown('changed');
  return photos.find(isReadablePicture) ?? first;
}
