import { SUFFIX } from './organisation.js';

/**
 * RFC 2307 (`posixGroup` stands alone) and its revision (it is a part of a group with DNs); slapd itself has
 * gidNumber.
 */
export const POSIX_SCHEMA = [
  "attributetype ( 1.3.6.1.1.1.1.12 NAME 'memberUid' EQUALITY caseExactIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )",
  "objectclass ( 1.3.6.1.1.1.2.2 NAME 'posixGroup' SUP top STRUCTURAL MUST ( cn $ gidNumber ) MAY memberUid )",
  "objectclass ( 1.3.6.1.4.1.4203.666.11.12.1 NAME 'posixGroupBis' SUP top AUXILIARY MUST gidNumber MAY memberUid )",
].join('\n');

export const toPersonDN = (uid: string): string => `uid=${uid},ou=people,${SUFFIX}`;

export const toGroupDN = (name: string): string => `cn=${name},ou=groups,${SUFFIX}`;

export const GROUPS_LDIF = `dn: ou=groups,${SUFFIX}\nobjectClass: organizationalUnit\nou: groups`;

/** One group's LDIF, as `toOrganisation` takes it. */
export function toGroupLdif(
  name: string,
  classes: readonly string[],
  values: Readonly<Record<string, readonly string[]>>,
): string {
  return [
    `dn: ${toGroupDN(name)}`,
    ...classes.map((one) => `objectClass: ${one}`),
    `cn: ${name}`,
    ...Object.entries(values).flatMap(([attribute, all]) => all.map((value) => `${attribute}: ${value}`)),
  ].join('\n');
}
