import { InvalidArgumentError } from '@commander-js/extra-typings';

const ROW_ID = /^[pr]-\d{7}-\d{1,5}$/;

/** `r-0000001-0,r-0000001-17` */
export function parseRows(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.every((id) => ROW_ID.test(id))) return ids;
  throw new InvalidArgumentError('Rows look like r-0000001-0,r-0000001-17; chat-ldap-sync held lists them.');
}
