import type { RefusedPhotoRecord, UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Clock } from '../../clock.js';
import { LdapSyncError } from '../../errors.js';
import type { AdoptedFile, PhotoFiles } from '../avatars/photo-files.js';
import type { PhotoDecoder } from '../avatars/photo-decoder.js';
import { PhotoError } from '../avatars/photo-refusal.js';
import type { PhotoShape } from '../avatars/photo-shape.js';
import { toRefusedPhoto } from '../avatars/refused-photo.js';
import { preparePhoto } from '../avatars/photo.js';
import type { UserChange } from '../users/user-updates.js';
import type { PhotoIntent } from './decide-photo.js';

export interface PhotoResult {
  /** What the user document is to say about the photo. */
  readonly change?: NonNullable<UserChange['photo']>;
  /** The file that becomes the picture, in the transaction that says so at the user. */
  readonly file?: AdoptedFile;
  /** The photo cannot be used; the person is synced all the same. */
  readonly rejection?: Advice;
  /** What the user document has to remember of the rejection. */
  readonly refused?: RefusedPhotoRecord;
}

/** The photos of a sweep: each is decoded, and its bytes are stored, before the transaction of its user. */
export interface PagePhotos {
  prepare(intent: PhotoIntent, user: UserRecord): Promise<PhotoResult | undefined>;
}

interface Dependencies {
  readonly files: PhotoFiles;
  readonly decoder: PhotoDecoder;
  readonly photo: PhotoShape;
  /** The signal of the run: a photo that is being decoded is given up when the run ends. */
  readonly signal: AbortSignal;
  readonly now: Clock;
}

/**
 * Most refused photos that a run remembers. They are remembered because many people may have the same photo.
 */
const MAX_REFUSED = 1_000;

export function createPagePhotos(dependencies: Dependencies): PagePhotos {
  const { files, signal, now } = dependencies;
  const refused = new Map<string, PhotoResult>();

  return {
    async prepare(intent, user) {
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
  };

  async function store(
    owner: { readonly userId: string; readonly username: string },
    bytes: Buffer,
    hash: string,
  ): Promise<PhotoResult> {
    const image = await preparePhoto(bytes, dependencies.photo, dependencies);
    const avatar = { ...owner, image, etag: hash, type: 'image/jpeg' } as const;
    const fileId = await files.put(avatar);
    return { change: { hash, etag: hash }, file: { fileId, avatar } };
  }

  function toFailedResult(error: unknown, hash: string): PhotoResult {
    if (error instanceof PhotoError) return refuse(hash, error);
    // The run ends after this page, because what has been written of the page has to be counted.
    if (signal.aborted && error === signal.reason) return { rejection: ENDED };
    if (error instanceof LdapSyncError) throw error;
    // When the store fails, only the photo is lost: the person is still synced.
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
