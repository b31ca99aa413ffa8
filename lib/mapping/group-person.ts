import type { DirectoryEntry } from '../directory/directory.js';
import type { GroupPerson } from '../directory/groups.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { UnusableAttributeError } from './attribute-text.js';
import { fromSource } from './source-texts.js';
import { withVariables } from './variables/with-variables.js';

const PRIMARY_GROUP_ID = 'primaryGroupID';
const SID = 'objectSid';
const MEMBER_OF = 'memberOf';

/** What is read of a person to find them in groups, beside what the user name is made of. */
export const GROUP_PERSON_ATTRIBUTES: readonly string[] = [PRIMARY_GROUP_ID, SID];
/** The same, with the groups that the entry itself names. */
export const GROUP_WITNESS_ATTRIBUTES: readonly string[] = [...GROUP_PERSON_ATTRIBUTES, MEMBER_OF];

/**
 * What groups know the person of an entry by. `#{username}` is the name as the directory has it, or as a variable makes
 * it. Pure.
 */
export function toGroupPerson(entry: DirectoryEntry, mapping: MappingSettings): GroupPerson {
  const memberOf = toMemberOf(entry);
  return {
    dn: entry.dn,
    usernames: toUsernames(entry, mapping),
    primaryGroupSid: toPrimaryGroupSid(entry),
    ...(memberOf.length > 0 ? { memberOf } : {}),
  };
}

function toUsernames(entry: DirectoryEntry, { username, variables }: MappingSettings): readonly string[] {
  try {
    return fromSource(withVariables(entry, variables), username, 'plain');
  } catch (error) {
    // The entry is rejected for it; nobody knows whether it is a member.
    if (error instanceof UnusableAttributeError) return [];
    throw error;
  }
}

/**
 * The SID of the person with the last part replaced: `primaryGroupID` is a number within the domain (MS-ADTS
 * §3.1.1.4.5). In hex.
 */
function toPrimaryGroupSid({ attributes }: DirectoryEntry): string | undefined {
  const sid = attributes.get(SID.toLowerCase())?.values[0];
  const id = Number(attributes.get(PRIMARY_GROUP_ID.toLowerCase())?.values[0]?.toString('latin1'));
  const isSid = sid && sid.length >= 12 && sid[0] === 1 && sid.length === 8 + 4 * (sid[1] as number);
  if (!isSid || !Number.isInteger(id) || id <= 0 || id > 0xffff_ffff) return undefined;
  const group = Buffer.from(sid);
  group.writeUInt32LE(id, group.length - 4);
  return group.toString('hex');
}

/** Active Directory gives many values in parts; the first part is enough for a witness. */
function toMemberOf({ attributes }: DirectoryEntry): readonly string[] {
  const key = MEMBER_OF.toLowerCase();
  return [...attributes]
    .filter(([name]) => name === key || name.startsWith(`${key};`))
    .flatMap(([, { values }]) => values.map((value) => value.toString('utf8')));
}
