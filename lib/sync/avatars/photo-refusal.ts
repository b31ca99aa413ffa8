import { LdapSyncError } from '../../errors.js';
import type { Advice } from '../../advice.js';
import type { ImageFormat } from './image-format.js';
import { PHOTO_LIMITS } from './photo-limits.js';

/** What only decoding shows of a photo. */
export type DecodeRefusal =
  /** Not a file that a decoder can read to its end. */
  | 'damaged'
  /** It takes more processor time than a photo may. */
  | 'cpu'
  /** It takes more memory than its structure says. */
  | 'memory'
  /** The decoder died of it. */
  | 'crash'
  /** It was not ready at its deadline; the machine may have been busy with other things. */
  | 'deadline';

/** A photo cannot be used. `refusal` is set when it took a decoder to find that out. */
export class PhotoError extends LdapSyncError {
  readonly refusal: DecodeRefusal | undefined;
  readonly advice: Advice;

  constructor(advice: Advice, options: { refusal?: DecodeRefusal; cause?: unknown } = {}) {
    super('invalid-photo', advice.reason, { remedy: advice.remedy, cause: options.cause });
    this.advice = advice;
    this.refusal = options.refusal;
  }
}

/** No decoder can be started here. That is no fault of a photo, and so is never remembered of one. */
export class DecoderUnavailableError extends PhotoError {}

const SAVE_AGAIN =
  'Open the photo in an image program, save it again as JPEG and put it back into the directory.';
export const SMALLER = 'Put a smaller photo into the directory; 500 by 500 pixels are plenty.';
const TRIED_AGAIN = 'It is tried again when it changes, and after a day.';

/** What a report says of a refusal, the same whenever it is told. */
export function toRefusal(refusal: DecodeRefusal, format: ImageFormat): Advice {
  const name = format.toUpperCase();
  switch (refusal) {
    case 'damaged':
      return {
        code: 'photo-damaged',
        params: { format: name },
        reason: `The photo is a damaged or incomplete ${name} file.`,
        remedy: SAVE_AGAIN,
      };
    case 'cpu':
      return {
        code: 'photo-takes-too-much-time',
        params: { seconds: PHOTO_LIMITS.cpuMs / 1_000 },
        reason: `The photo takes more than ${PHOTO_LIMITS.cpuMs / 1_000} seconds of processor time to decode.`,
        remedy: SAVE_AGAIN,
      };
    case 'memory':
      return {
        code: 'photo-takes-too-much-memory',
        params: {},
        reason: 'The photo takes more memory to decode than its header says.',
        remedy: SAVE_AGAIN,
      };
    case 'crash':
      return {
        code: 'photo-crashes-the-decoder',
        params: { format: name },
        reason: `The photo makes the decoder of ${name} files crash.`,
        remedy: SAVE_AGAIN,
      };
    case 'deadline':
      return {
        code: 'photo-missed-the-deadline',
        params: { seconds: PHOTO_LIMITS.deadlineMs / 1_000 },
        reason: `The photo could not be decoded within ${PHOTO_LIMITS.deadlineMs / 1_000} seconds.`,
        remedy: `${SMALLER} If many photos fail like this, the server is overloaded. ${TRIED_AGAIN}`,
      };
  }
}

export function refused(refusal: DecodeRefusal, format: ImageFormat, cause?: unknown): PhotoError {
  return new PhotoError(toRefusal(refusal, format), { refusal, cause });
}

/** Told from the structure alone. */
export function damaged(format: ImageFormat): PhotoError {
  return new PhotoError(toRefusal('damaged', format));
}

/** `kind`: "is a lossless JPEG". */
export function unsupported(kind: string): PhotoError {
  return new PhotoError({
    code: 'photo-unsupported',
    params: { kind },
    reason: `The photo ${kind}, which is not supported.`,
    remedy: SAVE_AGAIN,
  });
}

/** `costs`: what there is too much of: "needs 4,000 scans". */
export function tooDear(costs: string): PhotoError {
  return new PhotoError({
    code: 'photo-too-costly',
    params: { costs },
    reason: `The photo is too costly to decode: it ${costs}.`,
    remedy: SAVE_AGAIN,
  });
}
