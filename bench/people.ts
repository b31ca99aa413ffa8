/** A directory of invented people: eight attributes each, like an ordinary inetOrgPerson. */
export function toLdif(suffix: string, people: number): string {
  const blocks = [
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: ${suffix.slice(3)}\no: bench`,
    `dn: ou=people,${suffix}\nobjectClass: organizationalUnit\nou: people`,
  ];
  for (let index = 0; index < people; index += 1) {
    const uid = toUid(index);
    blocks.push(
      [
        `dn: ${toPersonDN(suffix, index)}`,
        'objectClass: inetOrgPerson',
        `uid: ${uid}`,
        `cn: Person Number ${index}`,
        `sn: Number${index}`,
        'givenName: Person',
        `mail: ${uid}@example.org`,
        `employeeNumber: ${index}`,
        `title: Engineer ${index % 50}`,
      ].join('\n'),
    );
  }
  return `${blocks.join('\n\n')}\n`;
}

/** The DN of a person of this directory. */
export function toPersonDN(suffix: string, index: number): string {
  return `uid=${toUid(index)},ou=people,${suffix}`;
}

function toUid(index: number): string {
  return `person${String(index).padStart(6, '0')}`;
}
