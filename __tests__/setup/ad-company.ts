import sharp from 'sharp';
import { SAMBA_BASE } from '../../dev/samba-config.js';
import {
  below,
  COMPANY,
  CONTROL,
  toAdPerson,
  toFileTime,
  toLdif,
  toServiceAccount,
  toUnit,
} from './active-directory.js';

/** What is special about somebody; `undefined`: nothing. */
export type Oddity =
  'disabled' | 'expired' | 'locked' | 'must-change' | 'no-address' | 'namesake' | undefined;

/** Somebody of the company. */
export interface AdPerson {
  readonly account: string;
  readonly name: string;
  readonly home: string;
  readonly oddity: Oddity;
  readonly hasPhoto: boolean;
}

const UNITS = ['Berlin', 'München', 'Tokyo', 'Leavers'] as const;
const HOMES = [
  ...UNITS.map((name) => below(COMPANY, name, 'OU')),
  below(below(COMPANY, 'Berlin', 'OU'), 'Engineering', 'OU'),
];
const [DEVICES, CONTACTS, GROUPS] = ['Devices', 'Contacts', 'Groups'].map((name) =>
  below(COMPANY, name, 'OU'),
) as [string, string, string];

/** Names of entries and of accounts that are hard to write down. */
const AWKWARD: readonly (readonly [name: string, account: string])[] = [
  ['Müller, Jürgen', 'jürgen.müller'],
  ['山田 太郎', '山田太郎'],
  ['O\'Brien, Seán "Q"', "o'brien"],
  ['Иванов Иван', 'иванов'],
  ['#hash first', 'with#hash'],
  ['Back\\slash Bob', 'UPPER.Case'],
  ['Plus+Equals=Pat', 'j.r.r.tolkien'],
  ['Semi;colon <Angle>', 'two words'],
  ['Emoji 🙂 Smile', '12345'],
  ['Slash/Star*Paren(x)', 'abcdefghijklmnopqrst'],
];

/** From which place in the list on who is how; the rest has nothing special. */
const ODDITIES: readonly (readonly [from: number, to: number, oddity: Oddity])[] = [
  [20, 40, 'no-address'],
  [40, 100, 'disabled'],
  [100, 110, 'expired'],
  [110, 115, 'locked'],
  [115, 120, 'must-change'],
  [120, 160, 'namesake'],
];

/** A company of `count` (200 at least) in an Active Directory. */
export function toStaff(count: number): readonly AdPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const [name, account] = AWKWARD[index] ?? [undefined, `person${String(index).padStart(4, '0')}`];
    const oddity = ODDITIES.find(([from, to]) => index >= from && index < to)?.[2];
    return {
      account,
      // Two of a name are in two places, or the directory would not take the second.
      name: name ?? (oddity === 'namesake' ? `Anna Schmidt ${index >> 1}` : `Person ${index}`),
      home: HOMES[index % HOMES.length] ?? COMPANY,
      oddity,
      hasPhoto: index % 10 === 0,
    };
  });
}

/** The LDIF of the company: its people, and everything else that a grown directory has. */
export async function toCompany(staff: readonly AdPerson[]): Promise<{ ldif: string; changes: string }> {
  const people = await Promise.all(staff.map(toStaffLdif));
  const units = [toUnit(SAMBA_BASE, 'Company'), toUnit(SAMBA_BASE, 'Services')];
  const places = [...UNITS, 'Devices', 'Contacts', 'Groups'].map((name) => toUnit(COMPANY, name));
  const deep = toUnit(below(COMPANY, 'Berlin', 'OU'), 'Engineering');
  const services = ['svc-chat', 'svc-backup'].map(toServiceAccount);
  const ldif = [...units, ...places, deep, ...services, ...people, ...toNoPeople(), ...toGroups(staff)];
  return { ldif: ldif.join('\n'), changes: toCircle() };
}

async function toStaffLdif(
  { account, name, home, oddity, hasPhoto }: AdPerson,
  index: number,
): Promise<string> {
  return toAdPerson(home, name, {
    sAMAccountName: account,
    userPrincipalName: `p${index}@lab.example`,
    mail: oddity === 'no-address' ? undefined : `p${index}@lab.example`,
    proxyAddresses: index % 7 === 0 ? [`SMTP:p${index}@lab.example`, `smtp:alias${index}@lab.example`] : [],
    employeeID: String(10_000 + index),
    userAccountControl: oddity === 'disabled' ? '546' : CONTROL.passwordless,
    accountExpires: oddity === 'expired' ? toFileTime('2023-11-14T00:00:00Z') : undefined,
    lockoutTime: oddity === 'locked' ? toFileTime('2026-01-01T00:00:00Z') : undefined,
    pwdLastSet: oddity === 'must-change' ? '0' : undefined,
    thumbnailPhoto: hasPhoto ? await drawPhoto(index) : undefined,
  });
}

function drawPhoto(seed: number): Promise<Buffer> {
  const background = { r: (seed * 37) % 256, g: (seed * 91) % 256, b: (seed * 53) % 256 };
  return sharp({ create: { width: 96, height: 96, channels: 3, background } })
    .toFormat(seed % 2 === 0 ? 'jpeg' : 'png')
    .toBuffer();
}

/** Computers, a managed service account, contacts. */
function toNoPeople(): readonly string[] {
  const computers = Array.from({ length: 20 }, (_, index) => ({
    ...{ objectClass: 'computer', sAMAccountName: `PC${index}$`, userAccountControl: CONTROL.computer },
    mail: `pc${index}@lab.example`,
  }));
  const managed = {
    ...{
      objectClass: 'msDS-GroupManagedServiceAccount',
      sAMAccountName: 'gmsa$',
      userAccountControl: '4096',
    },
    ...{ 'msDS-ManagedPasswordInterval': '30', dNSHostName: 'gmsa.lab.example', mail: 'gmsa@lab.example' },
  };
  const contacts = Array.from({ length: 20 }, (_, index) =>
    toLdif(below(CONTACTS, `Contact ${index}`), { objectClass: 'contact', mail: `c${index}@other.example` }),
  );
  return [
    ...computers.map((computer, index) => toLdif(below(DEVICES, `PC${index}`), computer)),
    toLdif(below(DEVICES, 'gmsa'), managed),
    ...contacts,
  ];
}

/** A group of nearly everybody, groups in groups, and two that are in each other. */
function toGroups(staff: readonly AdPerson[]): readonly string[] {
  const toGroup = (name: string, member: readonly string[]): string =>
    toLdif(below(GROUPS, name), {
      ...{ objectClass: 'group', sAMAccountName: name, groupType: '-2147483646', member },
      mail: `${name}@lab.example`,
    });
  const members = staff.map(({ home, name }) => below(home, name));
  return [
    toGroup('everybody', members),
    toGroup('inner', members.slice(0, 10)),
    toGroup('outer', [below(GROUPS, 'inner'), ...members.slice(10, 12)]),
    toGroup('circle-a', [below(GROUPS, 'outer')]),
    toGroup('circle-b', [below(GROUPS, 'circle-a')]),
  ];
}

function toCircle(): string {
  const [circle, member] = [below(GROUPS, 'circle-a'), below(GROUPS, 'circle-b')];
  return `dn: ${circle}\nchangetype: modify\nadd: member\nmember: ${member}\n`;
}
