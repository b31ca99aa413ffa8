import type { UserRecord } from '../../../models/user.js';

/**
 * The hash of the directory photo that the user has for a picture; `undefined` where the picture is the
 * user's own, comes from somebody else, or there is none. Pure.
 */
export function findOurPhoto({ avatarETag, ldapSync }: UserRecord): string | undefined {
  const photo: unknown = ldapSync?.photo;
  return typeof photo === 'string' && photo !== '' && photo === avatarETag ? photo : undefined;
}
