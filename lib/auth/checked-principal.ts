import type { Authenticate } from './principal.js';

/**
 * What a host's own sign-in gives, with nothing in it but texts: a `userId` that is an object would be a query
 * of the database (`{ $ne: null }` is anybody). Rejects with a `TypeError`, which the host sees as its own
 * mistake, unless the `userId` is a text; a `username` or `tokenId` that is none is left out.
 */
export function createCheckedAuthenticate(authenticate: Authenticate): Authenticate {
  return async (request) => {
    const given = await authenticate(request);
    if (!given) return undefined;
    const { userId, username, tokenId } = given as Readonly<Record<keyof typeof given, unknown>>;
    if (typeof userId !== 'string' || userId === '')
      throw new TypeError(
        'The option authenticate of createLdapSync gave a userId that is no text. Give the _id of the user ' +
          'as a string, or undefined for nobody.',
      );
    return {
      userId,
      ...(typeof username === 'string' ? { username } : {}),
      ...(typeof tokenId === 'string' ? { tokenId } : {}),
    };
  };
}
