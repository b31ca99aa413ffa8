import type { UserRecord } from '../../../models/user.js';

/**
 * The hash of the directory photo that is the user's picture; `undefined` where there is no picture, or it is
 * the user's own or from somebody else. Pure.
 */
export function findOurPhoto({ avatarETag, ldapSync }: UserRecord): string | undefined {
  const photo: unknown = ldapSync?.photo;
  return typeof photo === 'string' && photo !== '' && photo === avatarETag ? photo : undefined;
}
