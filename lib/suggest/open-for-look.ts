import type { Directory, DirectoryAddress, OpenDirectory } from '../directory/directory.js';
import { LdapSyncError } from '../errors.js';
import { toOpeningProblem } from '../probe/sections/opening-problem.js';
import type { SettingProblem } from '../settings/settings.js';

/** An open directory, and why nobody has signed in where somebody should have. */
export interface Opened {
  readonly directory: Directory;
  readonly isAnonymous: boolean;
  readonly refusal?: SettingProblem;
}

/** Opens the directory; where the account is refused, without it: the root entry is often shown to anybody. */
export async function openForLook(
  address: DirectoryAddress,
  openDirectory: OpenDirectory,
  signal: AbortSignal,
): Promise<Opened> {
  try {
    return { directory: await openDirectory(address, signal), isAnonymous: !address.bind };
  } catch (error) {
    if (!address.bind || !(error instanceof LdapSyncError) || error.code !== 'directory-bind') throw error;
    return {
      directory: await openDirectory({ ...address, bind: undefined }, signal),
      isAnonymous: true,
      refusal: toOpeningProblem(error),
    };
  }
}
