import type { Advice } from '../../advice.js';
import type { UserDiff } from './diff.js';
import { findRenameRefusal, type NameRules } from './name-refusal.js';

/** A renaming that the directory wants and that is not done. */
export interface RefusedRename {
  readonly to: string;
  readonly why: Advice;
}

/** The renaming that a difference asks for, where nobody may newly get that name. Pure. */
export function refuseRename(
  { rename }: UserDiff,
  rules: NameRules,
  /** Why the user is never renamed. */
  never?: Advice,
): RefusedRename | undefined {
  const why = rename && (never ?? findRenameRefusal(rename, rules));
  return why && { to: rename.to, why };
}

interface Renaming {
  readonly diff: UserDiff;
  readonly refusedRename?: RefusedRename;
}

/** The renaming that is wanted and may be done. */
export function toRename({ diff: { rename }, refusedRename }: Renaming): UserDiff['rename'] {
  return rename?.to === refusedRename?.to ? undefined : rename;
}

/** Why the user is not renamed; the user may have the name by now. */
export function refusalOf({ diff: { rename }, refusedRename }: Renaming): Advice | undefined {
  return rename?.to === refusedRename?.to ? refusedRename?.why : undefined;
}
