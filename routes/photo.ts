import type { ShowPhoto } from '../lib/explain/show-photo.js';
import type { Handle } from './handler.js';
import { tooManyRequests } from './reply.js';
import { toGone } from './to-gone.js';

/** Each takes a connection to the directory, or a decoder. */
const MOST_AT_ONCE = 4;
const WAIT_SECONDS = 1;

/** A picture is never a page, whatever somebody makes a browser do with its address. */
const HEADERS = {
  'Content-Type': 'image/jpeg',
  'Content-Disposition': 'inline; filename="photo.jpg"',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'private, no-store',
} as const;

/** `GET ldap.photo`: one picture of a person of the directory. Reads only. */
export function createPhotoRoute({ showPhoto }: { readonly showPhoto: ShowPhoto }): Handle<'photo'> {
  let going = 0;
  return async ({ response, input }) => {
    if (going >= MOST_AT_ONCE) return tooManyRequests(WAIT_SECONDS);
    const gone = toGone(response);
    going += 1;
    try {
      const image = await showPhoto(input, gone);
      // MongoDB may have fallen silent meanwhile, and the caller was told so.
      if (response.headersSent) return 'answered';
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      response.setHeader('Content-Length', image.length);
      response.end(image);
      return 'answered';
    } catch (error) {
      // A page asks for many pictures and is left; nobody waits for the answer.
      if (gone.aborted) return 'answered';
      throw error;
    } finally {
      going -= 1;
    }
  };
}
