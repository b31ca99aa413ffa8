export const SUFFIX = 'dc=example,dc=org';

export interface GroupsSize {
  readonly people: number;
  readonly groups: number;
  /** Of each group. */
  readonly members: number;
  /** Of the one large group. */
  readonly large: number;
}

export const personDN = (index: number): string => `uid=person${index},ou=people,${SUFFIX}`;

export const toGroupName = (index: number): string => `group${index}`;

/** Groups that list people by their DNs, and one that lists more than there are. */
export function toGroupsLdif({ people, groups, members, large }: GroupsSize): string {
  const entries = [
    `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example`,
    ...['people', 'groups', 'large'].map(
      (ou) => `dn: ou=${ou},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${ou}`,
    ),
  ];
  for (let index = 0; index < people; index += 1)
    entries.push(
      `dn: ${personDN(index)}\nobjectClass: inetOrgPerson\nuid: person${index}\ncn: Person\nsn: Person`,
    );
  const toGroup = (name: string, ou: string, listed: readonly string[]): string =>
    [
      `dn: cn=${name},ou=${ou},${SUFFIX}`,
      'objectClass: groupOfNames',
      `cn: ${name}`,
      ...listed.map((dn) => `member: ${dn}`),
    ].join('\n');
  for (let index = 0; index < groups; index += 1)
    entries.push(
      toGroup(
        toGroupName(index),
        'groups',
        Array.from({ length: members }, (_, at) => personDN((index * 13 + at) % people)),
      ),
    );
  entries.push(
    toGroup(
      'everybody',
      'large',
      Array.from({ length: large }, (_, index) => personDN(index)),
    ),
  );
  return `${entries.join('\n\n')}\n`;
}
