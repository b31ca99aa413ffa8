import { createEntry, type StoredEntry } from './entry.js';
import { PEOPLE_DN, SUFFIX, toUuid, UNITS, type EmbeddedPerson } from './person.js';

const GROUPS_DN = `ou=groups,${SUFFIX}`;

/** Groups beside one for each unit: by the words of a title. */
const GROUPS_BY_TITLE: Readonly<Record<string, RegExp>> = {
  leads: /^Head of/,
  engineers: /Engineer$/,
  scientists: /Scientist$/,
};

/** What the people hang under, and the root DSE's company: everything but the people and the groups. */
export function createStructure(): readonly StoredEntry[] {
  return [
    createEntry(
      SUFFIX,
      [
        ['objectClass', ['top', 'dcObject', 'organization']],
        ['dc', 'example'],
        ['o', 'Example Ltd'],
      ],
      idOf(SUFFIX),
    ),
    ...[PEOPLE_DN, GROUPS_DN, ...UNITS.map((unit) => `ou=${unit},${PEOPLE_DN}`)].map((dn) =>
      createEntry(
        dn,
        [
          ['objectClass', ['top', 'organizationalUnit']],
          ['ou', /^ou=([^,]*)/.exec(dn)?.[1]],
        ],
        idOf(dn),
      ),
    ),
  ];
}

/** The groups, as their members are now. A group without members does not exist (RFC 4519 §3.5). */
export function createGroups(
  people: readonly { readonly person: EmbeddedPerson; readonly entry: StoredEntry }[],
): readonly StoredEntry[] {
  const groups: readonly (readonly [string, (person: EmbeddedPerson) => boolean])[] = [
    ...UNITS.map((unit) => [unit.toLowerCase(), (person: EmbeddedPerson) => person.unit === unit] as const),
    ...Object.entries(GROUPS_BY_TITLE).map(
      ([name, title]) => [name, (person: EmbeddedPerson) => title.test(person.title)] as const,
    ),
  ];
  return groups.flatMap(([name, isMember]) => {
    const members = people.filter(({ person }) => isMember(person)).map(({ entry }) => entry.dn);
    const dn = `cn=${name},${GROUPS_DN}`;
    return members.length === 0
      ? []
      : [
          createEntry(
            dn,
            [
              ['objectClass', ['top', 'groupOfNames']],
              ['cn', name],
              ['member', members],
            ],
            idOf(dn),
          ),
        ];
  });
}

/** What a client may ask of an empty base (RFC 4512 §5.1). */
export const ROOT_DSE: StoredEntry = createEntry(
  '',
  [['objectClass', 'top']],
  [
    ['namingContexts', SUFFIX],
    ['supportedLDAPVersion', '3'],
    ['supportedControl', '1.2.840.113556.1.4.319'],
    ['supportedFeatures', '1.3.6.1.4.1.4203.1.5.1'],
    ['vendorName', 'chat-ldap-sync embedded directory'],
  ],
);

function idOf(dn: string): readonly (readonly [string, string])[] {
  return [['entryUUID', toUuid(dn)]];
}
