import sharp from 'sharp';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from './organisation.js';

/** People in the directory before the changes. */
export const PEOPLE = 160;
/** People who come with the changes. */
export const NEWCOMERS = 40;

const PEOPLE_DN = `ou=people,${SUFFIX}`;

/** User names, as they were before, of those whom a sync after the changes rightly switches off. */
export const LEAVERS: readonly string[] = ['person1', 'person2', 'person3', 'person4'];

/** A directory of people, a few of them with photos, in its earlier state. */
export async function startFaultDirectory(): Promise<Slapd> {
  const photos = await Promise.all([1, 2, 3, 4, 5, 6].map((shade) => toPhoto(shade)));
  const withPhotos = photos.map((jpegPhoto, index) => toPersonLdif(`photo${index}`, { jpegPhoto }));
  const withNumbers = toPeople(4, 'number').map((ldif) => `${ldif}\ntelephoneNumber: 1234`);
  return startSlapd({
    suffix: SUFFIX,
    ldif: toOrganisation([...toPeople(PEOPLE - 10), ...withPhotos, ...withNumbers]),
  });
}

/** The settings of a sync of these people. */
export function faultSettings(
  slapd: Pick<Slapd, 'port' | 'rootDN' | 'rootPassword'>,
): Record<string, unknown> {
  return {
    ...settingsFor(slapd),
    LDAP_BaseDN: PEOPLE_DN,
    LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
    LDAP_Search_Page_Size: 20,
    LDAP_Background_Sync_Avatars: true,
    LDAP_Avatar_Field: 'jpegPhoto',
    LDAP_Extension_Field: 'telephoneNumber',
  };
}

/**
 * Something of each kind a sync has to follow: people come, leave, change, are renamed (one waits for
 * another's name) and get photos.
 */
export async function changeFaultDirectory(slapd: Slapd): Promise<void> {
  const newcomers = await Promise.all(
    Array.from({ length: NEWCOMERS }, async (_, index) =>
      toPersonLdif(
        `newcomer${index}`,
        index % 8 === 0 ? { jpegPhoto: await toPhoto(20 + index) } : {},
      ).replace('\n', '\nchangetype: add\n'),
    ),
  );
  slapd.modify(
    [
      ...newcomers,
      ...LEAVERS.slice(0, 3).map((uid) => `dn: uid=${uid},${PEOPLE_DN}\nchangetype: delete`),
      toMove('person4', `ou=alumni,${SUFFIX}`),
      toRename('person10', 'renamed10'),
      toRename('person11', 'renamed11'),
      // The second can only have its name once the first has given it up.
      toRename('person13', 'renamed13'),
      toRename('person12', 'person13'),
      ...Array.from({ length: 20 }, (_, index) =>
        toModify(`person${20 + index}`, `replace: cn\ncn: Changed ${index}`),
      ),
      toModify('person50', 'replace: mail\nmail: elsewhere@example.org'),
      ...['number0', 'number1'].map((uid) => toModify(uid, 'delete: telephoneNumber')),
      toModify('photo0', `replace: jpegPhoto\njpegPhoto:: ${(await toPhoto(10)).toString('base64')}`),
      toModify('photo1', `replace: jpegPhoto\njpegPhoto:: ${(await toPhoto(11)).toString('base64')}`),
      toRename('photo1', 'portrait1'),
      toModify('photo2', 'delete: jpegPhoto'),
      toModify('person60', `add: jpegPhoto\njpegPhoto:: ${(await toPhoto(12)).toString('base64')}`),
      '',
    ].join('\n\n'),
  );
}

export function toModify(uid: string, change: string): string {
  return `dn: uid=${uid},${PEOPLE_DN}\nchangetype: modify\n${change}`;
}

export function toRename(uid: string, to: string): string {
  return `dn: uid=${uid},${PEOPLE_DN}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1`;
}

/** Keeps the id, unlike a deletion. */
export function toMove(uid: string, to: string, from = PEOPLE_DN): string {
  return `dn: uid=${uid},${from}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 0\nnewsuperior: ${to}`;
}

export function toPhoto(shade: number): Promise<Buffer> {
  const background = { r: (shade * 37) % 256, g: (shade * 91) % 256, b: (shade * 53) % 256 };
  return sharp({ create: { width: 24, height: 24, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
