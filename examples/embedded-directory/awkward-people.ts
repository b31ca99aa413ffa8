import { toUuid, type EmbeddedPerson } from './person.js';
import { drawPortrait } from './portrait.js';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>`;
const HTML =
  '<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>';
/** Not UTF-8; the start of a certificate that ended up in the wrong field. */
const BYTES = Buffer.from('3082030b308201f3a003020102ff', 'hex');

/**
 * One of each kind that directories really hold and that a sync has to get right, or has to say why it can't.
 */
export async function createAwkwardPeople(): Promise<readonly EmbeddedPerson[]> {
  const whole = await drawPortrait('tt', 'trudy.truncated', 'jpeg');
  const support = (uid: string, givenName: string, sn: string): EmbeddedPerson => ({
    uid,
    givenName,
    sn,
    title: 'Support Engineer',
    unit: 'Support',
    mail: `${uid}@example.org`,
  });
  return [
    { ...support('nomi.postless', 'Nomi', 'Postless'), mail: undefined },
    // A comma, a backslash and a second attribute in the DN.
    { ...support('otto.odd', 'Otto', 'Odd'), displayName: 'a, b\\c', rdn: 'cn=a\\, b\\\\c+uid=otto.odd' },
    // Nothing of this can stand in a chat user name.
    { ...support('***', 'Asta', 'Risk'), mail: 'asta.risk@example.org' },
    // Becomes ada.lovelace, who exists.
    {
      ...support('Ada Lovelace', 'Ada', 'Lovelace'),
      displayName: 'Ada Lovelace (2)',
      mail: 'ada.the-second@example.org',
    },
    // Two people at one desk, with one address.
    { ...support('reception.morning', 'Mona', 'Morgan'), mail: 'reception@example.org' },
    { ...support('reception.evening', 'Evan', 'Evensen'), mail: 'reception@example.org' },
    // Chinese in the user name itself: li3.na4.
    { ...support('李娜', '娜', '李'), displayName: '李娜', mail: 'li.na@example.org' },
    // Bytes in the name, and bytes in a field nobody asks for.
    {
      ...support('bina.ryland', 'Bina', 'Ryland'),
      extra: [
        ['displayName', BYTES],
        ['cn', BYTES],
      ],
    },
    { ...support('titus.bytes', 'Titus', 'Bytes'), extra: [['title', BYTES]] },
    // Attributes that would reach an object's prototype.
    {
      ...support('proto.type', 'Proto', 'Type'),
      extra: [
        ['__proto__', 'polluted'],
        ['constructor', 'polluted'],
      ],
    },
    { ...support('vera.vector', 'Vera', 'Vector'), photo: Buffer.from(SVG) },
    {
      ...support('trudy.truncated', 'Trudy', 'Truncated'),
      photo: whole.subarray(0, Math.floor(whole.length / 2)),
    },
    { ...support('hattie.html', 'Hattie', 'Html'), photo: Buffer.from(HTML) },
    { ...support('dora.dormant', 'Dora', 'Dormant'), disabled: true },
  ];
}

/**
 * Has the id of `ada.lovelace`. Not among the others: a directory like that makes a sync hold every removal.
 */
export const TWIN: EmbeddedPerson = {
  uid: 'ada.twin',
  givenName: 'Ada',
  sn: 'Twin',
  title: 'Clone',
  unit: 'Engineering',
  mail: 'ada.twin@example.org',
  entryUUID: toUuid('ada.lovelace'),
};
