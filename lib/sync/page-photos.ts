import type { UserRecord } from '../../models/user.js';
import type { Person, Rejection } from '../mapping/map-entry.js';
import { LdapSyncError } from '../errors.js';
import { decideAvatar, toLegacyPhotoHash, toPhotoHash } from './avatar-decision.js';
import type { AvatarStore, MayGoOn } from './avatar-store.js';
import { preparePhoto } from './photo.js';
import type { UserChange, WriteFailure } from './user-store.js';

export interface PhotoResult {
  /** What the user document has to say about the photo. */
  readonly change?: NonNullable<UserChange['photo']>;
  /** The photo cannot be used; the person is synced all the same. */
  readonly rejection?: Rejection;
}

/** What a directory photo means for a user, before anything is decoded or stored. */
export type PhotoIntent =
  | { readonly rejection: Rejection }
  | { readonly bytes: Buffer; readonly hash: string; readonly decision: 'record' | 'store' };

/** Says what is to become of a person's photo; `undefined` when nothing. Pure. */
export function decidePhoto(person: Person, user: UserRecord | undefined): PhotoIntent | undefined {
  if (!person.photo || user?.username === undefined) return undefined;
  if ('droppedBytes' in person.photo) return { rejection: tooLarge(person.photo.droppedBytes) };
  const { bytes } = person.photo;
  const hash = toPhotoHash(bytes);
  const decision = decideAvatar({
    hash,
    legacyHash: () => toLegacyPhotoHash(bytes),
    recorded: user.ldapSync?.photo,
    etag: user.avatarETag,
    origin: user.avatarOrigin,
  });
  return decision === 'keep' ? undefined : { bytes, hash, decision };
}

/** The photos of one page: taken before the users are written, settled after. */
export interface PagePhotos {
  take(
    owners: readonly { intent: PhotoIntent | undefined; user: UserRecord | undefined }[],
  ): Promise<readonly (PhotoResult | undefined)[]>;
  /** Deletes what the written users no longer point at. */
  settle(failures: ReadonlyMap<string, WriteFailure>): Promise<void>;
}

interface WrittenPhoto {
  readonly userId: string;
  readonly username: string;
  readonly fileId: string;
}

interface Dependencies {
  readonly avatars: AvatarStore;
  readonly photo: { readonly size: number; readonly resize: boolean };
  /** Asks the database; before each step of an upload. */
  readonly mayGoOn: MayGoOn;
}

/** Decoding runs beside the event loop, on as many threads as there are. */
const PARALLEL = 4;

export function createPagePhotos({ avatars, photo, mayGoOn }: Dependencies): PagePhotos {
  let written: WrittenPhoto[] = [];

  async function takeOne(
    intent: PhotoIntent | undefined,
    user: UserRecord | undefined,
  ): Promise<PhotoResult | undefined> {
    if (!intent || user?.username === undefined) return undefined;
    if ('rejection' in intent) return intent;
    const { bytes, hash } = intent;
    if (intent.decision === 'record') return { change: { hash } };
    try {
      const image = await preparePhoto(bytes, photo);
      const owner = { userId: user._id, username: user.username };
      written.push({
        ...owner,
        fileId: await avatars.write({ ...owner, image, etag: hash, type: 'image/jpeg' }, mayGoOn),
      });
      return { change: { hash, etag: hash } };
    } catch (error) {
      const rejection = toPhotoRejection(error);
      if (rejection) return { rejection };
      if (error instanceof LdapSyncError) throw error;
      // A store that fails costs the photo, not the person, nor the count of a page that has been written.
      return { rejection: notStored(error) };
    }
  }

  return {
    async take(owners) {
      written = [];
      const results = new Array<PhotoResult | undefined>(owners.length);
      const queue = owners.keys();
      let hasFailed = false;
      const work = async (): Promise<void> => {
        for (const index of queue) {
          if (hasFailed) return;
          const owner = owners[index];
          try {
            if (owner) results[index] = await takeOne(owner.intent, owner.user);
          } catch (error) {
            hasFailed = true;
            throw error;
          }
        }
      };
      // Once one fails nothing else is begun, and nothing is on its way any more when the failure is told.
      const ends = await Promise.allSettled(Array.from({ length: PARALLEL }, work));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      return results;
    },

    async settle(failures) {
      for (const { userId, username, fileId } of written) {
        if (!failures.has(userId)) await avatars.removeOthers({ userId, username }, fileId, mayGoOn);
      }
    },
  };
}

/** Why a photo cannot be used, when that is what an error says. */
export function toPhotoRejection(error: unknown): Rejection | undefined {
  if (!(error instanceof LdapSyncError) || error.code !== 'invalid-photo') return undefined;
  return { reason: error.message, remedy: error.remedy ?? 'Replace the photo in the directory.' };
}

function notStored(error: unknown): Rejection {
  return {
    reason: `The photo could not be stored: ${error instanceof Error ? error.message : 'unknown error'}`,
    remedy: 'Check the place where avatars are stored, then run the sync again.',
  };
}

function tooLarge(bytes: number): Rejection {
  return {
    reason: `The photo is ${Math.round(bytes / 1024 / 1024)} MiB large and was not read.`,
    remedy: 'Put a photo of at most 10 MiB into the directory.',
  };
}
