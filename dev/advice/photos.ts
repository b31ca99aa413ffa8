import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';

const AGAIN = 'Open it in an image program, save it again as JPEG, and put it back.';
const SMALLER = 'Put a smaller photo into the directory.';
const TRIED_AGAIN = 'The next sync tries again.';

/** What is said of a photo; the person is synced without it. */
export const OF_PHOTOS = {
  'photo-too-large': { meaning: 'It has more than 10 MiB.', remedy: SMALLER },
  'photo-in-unknown-format': {
    meaning: 'It is empty, no picture, or an SVG, which may carry scripts.',
    remedy: 'Put a JPEG or PNG into the directory.',
  },
  'photo-unsupported': {
    meaning: 'It is a picture of a kind that is not decoded.',
    remedy: AGAIN,
  },
  'photo-with-too-many-pixels': {
    meaning: 'It has more than 30 megapixels, or 10,000 pixels a side.',
    remedy: SMALLER,
  },
  'photo-too-costly': { meaning: 'Its header promises more work than a photo needs.', remedy: AGAIN },
  'photo-damaged': { meaning: 'The file is damaged or cut off.', remedy: AGAIN },
  'photo-takes-too-much-time': { meaning: 'Decoding it took too much processor time.', remedy: AGAIN },
  'photo-takes-too-much-memory': {
    meaning: 'Decoding it took more memory than its header says.',
    remedy: AGAIN,
  },
  'photo-crashes-the-decoder': { meaning: 'The decoder crashed at it; nothing else did.', remedy: AGAIN },
  'photo-missed-the-deadline': {
    meaning: 'It was not decoded in time. When many are, the server is overloaded.',
    remedy: `${SMALLER} ${TRIED_AGAIN}`,
  },
  'photo-decoder-unavailable': {
    meaning: 'The process that decodes photos cannot be started.',
    remedy: 'Let the server start child processes, and install `sharp` for its platform.',
  },
  'photo-decoder-ended': {
    meaning: 'The process that decodes photos was ended from outside, as for lack of memory.',
    remedy: TRIED_AGAIN,
  },
  'photo-left-by-ended-run': { meaning: 'The run ended before it was decoded.', remedy: 'Sync again.' },
  'photo-not-stored': {
    meaning: 'The place of the avatars did not take it.',
    remedy: 'Check that place (GridFS, or `avatarStore` of the host), and sync again.',
  },
  'photo-deleted': {
    meaning: 'A revert cannot give back a photo that was deleted.',
    remedy: 'Put it into the directory again and sync, or let the person upload one.',
  },
} as const satisfies Partial<Record<AdviceCode, Meaning>>;
