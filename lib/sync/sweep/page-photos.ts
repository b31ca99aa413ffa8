import type { RefusedPhotoRecord, UserRecord } from '../../../models/user.js';
import type { Person, Rejection } from '../../mapping/map-entry.js';
import type { Clock } from '../../clock.js';
import { LdapSyncError } from '../../errors.js';
import { decideAvatar, toLegacyPhotoHash, toPhotoHash } from '../avatars/avatar-decision.js';
import type { AvatarStore, MayGoOn } from '../avatars/avatar-store.js';
import type { PhotoDecoder } from '../avatars/photo-decoder.js';
import { PhotoError } from '../avatars/photo-refusal.js';
import type { PhotoShape } from '../avatars/photo-shape.js';
import { recallRefusal, toRefusedPhoto } from '../avatars/refused-photo.js';
import { preparePhoto } from '../avatars/photo.js';
import type { UserChange, WriteFailure } from '../users/user-store.js';

export interface PhotoResult {
  /** What the user document has to say about the photo. */
  readonly change?: NonNullable<UserChange['photo']>;
  /** The photo cannot be used; the person is synced all the same. */
  readonly rejection?: Rejection;
  /** What the user document has to remember of the rejection. */
  readonly refused?: RefusedPhotoRecord;
}

/** What a directory photo means for a user, before anything is decoded or stored. */
export type PhotoIntent =
  | { readonly rejection: Rejection }
  | { readonly bytes: Buffer; readonly hash: string; readonly decision: 'record' | 'store' };

/** Says what is to become of a person's photo; `undefined` when nothing. Pure. */
export function decidePhoto(
  person: Person,
  user: UserRecord | undefined,
  now: Date,
): PhotoIntent | undefined {
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
  if (decision === 'keep') return undefined;
  const rejection =
    decision === 'store' ? recallRefusal(user.ldapSync?.refusedPhoto, { bytes, hash, now }) : undefined;
  return rejection ? { rejection } : { bytes, hash, decision };
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
  readonly decoder: PhotoDecoder;
  readonly photo: PhotoShape;
  /** Of the run: whoever waits for a photo then waits no more. */
  readonly signal: AbortSignal;
  readonly now: Clock;
  /** Asks the database; before each step of an upload. */
  readonly mayGoOn: MayGoOn;
}

/** Two are decoded while two are stored. */
const PARALLEL = 4;
/** Different photos of which a run remembers that they were refused: many people may have the same. */
const MAX_REFUSED = 1_000;

export function createPagePhotos({
  avatars,
  decoder,
  photo,
  mayGoOn,
  signal,
  now,
}: Dependencies): PagePhotos {
  let written: WrittenPhoto[] = [];
  const refused = new Map<string, PhotoResult>();

  async function takeOne(
    intent: PhotoIntent | undefined,
    user: UserRecord | undefined,
  ): Promise<PhotoResult | undefined> {
    if (!intent || user?.username === undefined) return undefined;
    if ('rejection' in intent) return intent;
    const { bytes, hash } = intent;
    if (intent.decision === 'record') return { change: { hash } };
    const known = refused.get(hash);
    if (known) return known;
    try {
      const image = await preparePhoto(bytes, photo, { decoder, signal });
      const owner = { userId: user._id, username: user.username };
      written.push({
        ...owner,
        fileId: await avatars.write({ ...owner, image, etag: hash, type: 'image/jpeg' }, mayGoOn),
      });
      return { change: { hash, etag: hash } };
    } catch (error) {
      if (error instanceof PhotoError) return refuse(hash, error);
      // What has been written of the page is still to be counted; the run ends behind it.
      if (signal.aborted && error === signal.reason) return { rejection: ENDED };
      if (error instanceof LdapSyncError) throw error;
      // A store that fails costs the photo, not the person, nor the count of a page that has been written.
      return { rejection: notStored(error) };
    }
  }

  function refuse(hash: string, error: PhotoError): PhotoResult {
    const result: PhotoResult = {
      rejection: toRejection(error),
      ...(error.refusal ? { refused: toRefusedPhoto(hash, error.refusal, now()) } : {}),
    };
    if (error.refusal && refused.size < MAX_REFUSED) refused.set(hash, result);
    return result;
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
  return error instanceof PhotoError ? toRejection(error) : undefined;
}

function toRejection({ message, remedy }: PhotoError): Rejection {
  return { reason: message, remedy: remedy ?? 'Replace the photo in the directory.' };
}

const ENDED: Rejection = {
  reason: 'The run was ended before this photo was decoded.',
  remedy: 'Run the sync again.',
};

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
