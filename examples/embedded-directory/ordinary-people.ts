import { drawPortrait, type PortraitFormat } from './portrait.js';
import type { EmbeddedPerson, Unit } from './person.js';

type Row = readonly [
  uid: string,
  givenName: string,
  sn: string,
  title: string,
  unit: Unit,
  photo: PortraitFormat | undefined,
];

const ROWS: readonly Row[] = [
  ['ada.lovelace', 'Ada', 'Lovelace', 'Head of Engineering', 'Engineering', 'jpeg'],
  ['grace.hopper', 'Grace', 'Hopper', 'Compiler Engineer', 'Engineering', 'jpeg'],
  ['linus.berg', 'Linus', 'Berg', 'Backend Engineer', 'Engineering', 'jpeg'],
  ['jose.nunez', 'José', 'Núñez', 'Site Reliability Engineer', 'Engineering', 'jpeg'],
  ['zoe.muller', 'Zoë', 'Müller', 'Frontend Engineer', 'Engineering', 'png'],
  ['lukasz.wojcik', 'Łukasz', 'Wójcik', 'Mobile Engineer', 'Engineering', 'webp'],
  ['taro.yamada', '太郎', '山田', 'Platform Engineer', 'Engineering', 'jpeg'],
  ['olga.smirnova', 'Ольга', 'Смирнова', 'Security Engineer', 'Engineering', 'jpeg'],
  ['marie.curie', 'Marie', 'Curie', 'Head of Research', 'Research', 'jpeg'],
  ['rosalind.franklin', 'Rosalind', 'Franklin', 'Senior Scientist', 'Research', 'png'],
  ['eleni.papadopoulou', 'Ελένη', 'Παπαδοπούλου', 'Data Scientist', 'Research', 'jpeg'],
  ['adi.cohen', 'עדי', 'כהן', 'Data Scientist', 'Research', 'jpeg'],
  ['minjun.kim', '민준', '김', 'Research Engineer', 'Research', 'webp'],
  ['chandra.rao', 'Chandra', 'Rao', 'Statistician', 'Research', undefined],
  ['soren.odegard', 'Søren', 'Ødegård', 'Head of Design', 'Design', 'jpeg'],
  ['amelie.laurent', 'Amélie', 'Laurent', 'Product Designer', 'Design', 'jpeg'],
  ['bjork.jonsdottir', 'Björk', 'Jónsdóttir', 'Illustrator', 'Design', 'png'],
  ['thao.nguyen', 'Thảo', 'Nguyễn', 'Design Researcher', 'Design', 'jpeg'],
  ['mohammed.alfasi', 'محمد', 'الفاسي', 'Head of Sales', 'Sales', 'jpeg'],
  ['siobhan.oneill', 'Siobhán', 'O’Neill', 'Account Manager', 'Sales', 'jpeg'],
  ['carlos.da-silva', 'Carlos', 'da Silva', 'Account Manager', 'Sales', 'jpeg'],
  ['ines.kovac', 'Ines', 'Kovač', 'Sales Engineer', 'Sales', undefined],
  ['pavel.dvorak', 'Pavel', 'Dvořák', 'Head of Finance', 'Finance', 'jpeg'],
  ['ngozi.adeyemi', 'Ngozi', 'Adeyemi', 'Controller', 'Finance', 'jpeg'],
  ['hanna.virtanen', 'Hanna', 'Virtanen', 'Payroll Accountant', 'Finance', undefined],
  ['deniz.yildiz', 'Deniz', 'Yıldız', 'Head of Support', 'Support', 'jpeg'],
  ['anna.szabo', 'Anna', 'Szabó', 'Support Engineer', 'Support', 'jpeg'],
  ['kwame.mensah', 'Kwame', 'Mensah', 'Support Engineer', 'Support', 'png'],
  ['tomas.novak', 'Tomáš', 'Novák', 'Support Engineer', 'Support', undefined],
];

/** People with nothing unusual about them. */
export function createOrdinaryPeople(): Promise<readonly EmbeddedPerson[]> {
  return Promise.all(
    ROWS.map(async ([uid, givenName, sn, title, unit, format]) => ({
      uid,
      givenName,
      sn,
      displayName: toDisplayName(givenName, sn),
      title,
      unit,
      mail: `${uid}@example.org`,
      photo: format && (await drawPortrait(toInitials(uid), uid, format)),
    })),
  );
}

/** The family name comes first in Chinese, Japanese and Korean. */
function toDisplayName(givenName: string, sn: string): string {
  return /[\p{Script=Han}\p{Script=Hangul}]/u.test(sn) ? `${sn} ${givenName}` : `${givenName} ${sn}`;
}

/** `ada.lovelace` → `al` */
export function toInitials(uid: string): string {
  return uid
    .split('.')
    .map((word) => word.charAt(0))
    .join('');
}
