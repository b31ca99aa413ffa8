import type { RefusedPhotoRecord, UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Clock } from '../../clock.js';
import { LdapSyncError } from '../../errors.js';
import type { AvatarStore, MayGoOn } from '../avatars/avatar-store.js';
import type { PhotoDecoder } from '../avatars/photo-decoder.js';
import { PhotoError } from '../avatars/photo-refusal.js';
import type { PhotoShape } from '../avatars/photo-shape.js';
import { toRefusedPhoto } from '../avatars/refused-photo.js';
import { preparePhoto } from '../avatars/photo.js';
import type { UserChange, WriteFailure } from '../users/user-store.js';
import type { PhotoIntent } from './decide-photo.js';

export interface PhotoResult {
  /** What the user document is to say about the photo. */
  readonly change?: NonNullable<UserChange['photo']>;
  /** The photo cannot be used; the person is synced all the same. */
  readonly rejection?: Advice;
  /** What the user document has to remember of the rejection. */
  readonly refused?: RefusedPhotoRecord;
}

/** The photos of a sweep: each is taken before its user is written; what it replaces is removed afterwards. */
export interface PagePhotos {
  take(intent: PhotoIntent, user: UserRecord): Promise<PhotoResult | undefined>;
  /** Deletes the photos that the users written since the last call no longer point at. */
  removeSuperseded(failures: ReadonlyMap<string, WriteFailure>): Promise<void>;
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
  /** The signal of the run: a photo that is being decoded is given up when the run ends. */
  readonly signal: AbortSignal;
  readonly now: Clock;
  /** Asks the database, before each step of an upload, whether it may be done. */
  readonly mayGoOn: MayGoOn;
}

/**
 * Most refused photos that a run remembers. They are remembered because many people may have the same photo.
 */
const MAX_REFUSED = 1_000;

export function createPagePhotos(dependencies: Dependencies): PagePhotos {
  const { avatars, signal, now, mayGoOn } = dependencies;
  let written: WrittenPhoto[] = [];
  const refused = new Map<string, PhotoResult>();

  return {
    async take(intent, user) {
      if (user.username === undefined) return undefined;
      if ('rejection' in intent) return intent;
      const { bytes, hash } = intent;
      if (intent.decision === 'record') return { change: { hash } };
      try {
        const owner = { userId: user._id, username: user.username };
        return refused.get(hash) ?? (await store(owner, bytes, hash));
      } catch (error) {
        return toFailedResult(error, hash);
      }
    },

    async removeSuperseded(failures) {
      const replaced = written;
      written = [];
      for (const { userId, username, fileId } of replaced) {
        if (!failures.has(userId)) await avatars.removeOthers({ userId, username }, fileId, mayGoOn);
      }
    },
  };

  async function store(
    owner: Omit<WrittenPhoto, 'fileId'>,
    bytes: Buffer,
    hash: string,
  ): Promise<PhotoResult> {
    const image = await preparePhoto(bytes, dependencies.photo, dependencies);
    const fileId = await avatars.write({ ...owner, image, etag: hash, type: 'image/jpeg' }, mayGoOn);
    written.push({ ...owner, fileId });
    return { change: { hash, etag: hash } };
  }

  function toFailedResult(error: unknown, hash: string): PhotoResult {
    if (error instanceof PhotoError) return refuse(hash, error);
    // The run ends after this page, because what has been written of the page has to be counted.
    if (signal.aborted && error === signal.reason) return { rejection: ENDED };
    if (error instanceof LdapSyncError) throw error;
    // When the store fails, only the photo is lost: the person is still synced, and the written page still
    // counted.
    return { rejection: notStored(error) };
  }

  function refuse(hash: string, error: PhotoError): PhotoResult {
    const rejection = error.advice;
    if (!error.refusal) return { rejection };
    const result = { rejection, refused: toRefusedPhoto(hash, error.refusal, now()) };
    if (refused.size < MAX_REFUSED) refused.set(hash, result);
    return result;
  }
}

const ENDED: Advice = {
  code: 'photo-left-by-ended-run',
  params: {},
  reason: 'The run was ended before this photo was decoded.',
  remedy: 'Run the sync again.',
};

function notStored(error: unknown): Advice {
  const message = error instanceof Error ? error.message : 'unknown error';
  return {
    code: 'photo-not-stored',
    params: { error: message },
    reason: `The photo could not be stored: ${message}`,
    remedy: 'Check the place where avatars are stored, then run the sync again.',
  };
}
