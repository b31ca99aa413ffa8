import { createHash } from 'node:crypto';
import { createEntry, type AttributeValues, type StoredEntry } from './entry.js';

export const SUFFIX = 'dc=example,dc=org';
export const PEOPLE_DN = `ou=people,${SUFFIX}`;

/** Where people work; each is an `ou` under {@link PEOPLE_DN}. */
export const UNITS = ['Engineering', 'Research', 'Design', 'Sales', 'Finance', 'Support'] as const;
export type Unit = (typeof UNITS)[number];

export interface EmbeddedPerson {
  readonly uid: string;
  readonly givenName: string;
  readonly sn: string;
  readonly title: string;
  readonly unit: Unit;
  /** @default `givenName sn` */
  readonly displayName?: string;
  /** Absent: the person has none. */
  readonly mail?: string | undefined;
  readonly photo?: Buffer | undefined;
  /** @default made of the first `uid`; it stays when the person is renamed */
  readonly entryUUID?: string;
  /** Novell's `loginDisabled`. */
  readonly disabled?: boolean;
  /** @default `uid=…` */
  readonly rdn?: string;
  /** Put over the others, under any name and with any bytes. */
  readonly extra?: readonly (readonly [name: string, values: AttributeValues])[];
}

/** The entry of a person, `inetOrgPerson`. */
export function toPersonEntry(person: EmbeddedPerson, changedAt: Date): StoredEntry {
  const { uid, givenName, sn, unit, title } = person;
  const displayName = person.displayName ?? `${givenName} ${sn}`;
  const id = person.entryUUID ?? toUuid(uid);
  const attributes: readonly (readonly [string, AttributeValues])[] = [
    ['objectClass', ['top', 'person', 'organizationalPerson', 'inetOrgPerson']],
    ['uid', uid],
    ['cn', displayName],
    ['sn', sn],
    ['givenName', givenName],
    ['displayName', displayName],
    ['mail', person.mail],
    ['employeeNumber', String(Number.parseInt(id.slice(0, 6), 16))],
    ['title', title],
    ['ou', unit],
    ['jpegPhoto', person.photo],
    ['loginDisabled', person.disabled ? 'TRUE' : undefined],
  ];
  const extra = person.extra ?? [];
  const replaced = new Set(extra.map(([name]) => name.toLowerCase()));
  return createEntry(
    `${person.rdn ?? `uid=${uid}`},ou=${unit},${PEOPLE_DN}`,
    [...attributes.filter(([name]) => !replaced.has(name.toLowerCase())), ...extra],
    [
      ['entryUUID', id],
      ['modifyTimestamp', toGeneralizedTime(changedAt)],
    ],
  );
}

/** A UUID that depends on the text alone, so that two starts have the same people. */
export function toUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function toGeneralizedTime(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}
