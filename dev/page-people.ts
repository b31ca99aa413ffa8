export const PAGE_SUFFIX = 'dc=example,dc=org';
export const PAGE_FILTER = '(&(objectClass=inetOrgPerson)(!(employeeType=left)))';
const UNITS = ['Engineering', 'Sales', 'Research', 'Operations'] as const;

export interface PagePerson {
  readonly uid: string;
  readonly name: string;
  readonly unit: (typeof UNITS)[number];
  readonly mail?: string | undefined;
}

const NAMES =
  'Ada Lovelace,Grace Hopper,Linus Berg,Zoë Müller,Tomáš Novák,Vera Vector,Alan Turing,Katherine Johnson,' +
  'Edsger Dijkstra,Barbara Liskov,Donald Knuth,Frances Allen,Niklaus Wirth,Radia Perlman,Tony Hoare,' +
  'Margaret Hamilton,Dennis Ritchie,Adele Goldberg,Ken Thompson,Hedy Lamarr,John Backus,Jean Bartik,' +
  'Robin Milner,Karen Jones,Leslie Lamport,Shafi Goldwasser,Silvio Micali,Lynn Conway,Vint Cerf,Elizabeth Feinler,' +
  'Ivan Sutherland,Mary Shaw,Peter Naur,Ruth Teitelbaum,Fernando Corbató,Betty Holberton,Kristen Nygaard,' +
  'Anita Borg,Dana Scott,Evelyn Boyd,Juris Hartmanis,Ida Rhodes,Stephen Cook,Thelma Estrin,Richard Karp,' +
  'Erna Hoover,John Hopcroft,Sophie Wilson';

const FROM_NAMES: readonly PagePerson[] = NAMES.split(',').map((name, index) => {
  const uid = name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.');
  return { uid, name, unit: UNITS[index % UNITS.length] ?? 'Sales', mail: `${uid}@example.org` };
});

/** A name that turns what comes after it, and markup; an address that is somebody else's. */
const AWKWARD: readonly PagePerson[] = [
  {
    uid: 'mallory',
    name: 'Mallory \u202e<img src=x onerror=alert(1)>',
    unit: 'Sales',
    mail: 'mallory@example.org',
  },
  { uid: 'ada.two', name: 'Ada Lovelace', unit: 'Research', mail: 'ada.lovelace@example.org' },
];

/** The people of a small company, in the order in which they came. */
export const PAGE_PEOPLE: readonly PagePerson[] = [...FROM_NAMES, ...AWKWARD];

export function toPageDn({ uid, unit }: Pick<PagePerson, 'uid' | 'unit'>): string {
  return `uid=${uid},ou=${unit},${PAGE_SUFFIX}`;
}

/** An entry as LDIF; texts are in base64, so that any name can be written. */
export function toPageEntry(person: PagePerson): string {
  const { uid, name, mail } = person;
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  return [
    `dn: ${toPageDn(person)}`,
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    `cn:: ${base64(name)}`,
    `sn:: ${base64(name.split(' ').at(-1) ?? name)}`,
    `displayName:: ${base64(name)}`,
    ...(mail === undefined ? [] : [`mail: ${mail}`]),
  ].join('\n');
}

export function toPageLdif(people: readonly PagePerson[]): string {
  return [
    `dn: ${PAGE_SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example`,
    ...UNITS.map((unit) => `dn: ou=${unit},${PAGE_SUFFIX}\nobjectClass: organizationalUnit\nou: ${unit}`),
    ...people.map(toPageEntry),
    '',
  ].join('\n\n');
}

export function toRemoval(person: PagePerson): string {
  return `dn: ${toPageDn(person)}\nchangetype: delete\n`;
}

/** Leaves the filter of the search, or comes back into it, as the same entry. */
export function toLeaving(person: PagePerson, isLeaving: boolean): string {
  const change = isLeaving ? 'add: employeeType\nemployeeType: left' : 'delete: employeeType';
  return `dn: ${toPageDn(person)}\nchangetype: modify\n${change}\n`;
}
