import { toLine, toSubject, toText, toTitle, type MailText, type Site } from '../../mail-lines.js';
import type { DueMailRecord } from '../../../models/user.js';

/** Who is mailed. */
export interface Mailed {
  readonly username?: string;
  readonly name?: string;
}

const MAX_NAME = 200;

const WORDS: Readonly<Record<DueMailRecord['about'], { readonly was: string; readonly then: string }>> = {
  off: {
    was: 'deactivated',
    then: 'You cannot sign in any more. If this is a mistake, turn to the people who run the chat server.',
  },
  on: { was: 'activated', then: 'You can sign in again.' },
};

/** What a person reads who was switched off or on. */
export function toSwitchMail(
  site: Site,
  about: DueMailRecord['about'],
  { username, name }: Mailed,
): MailText {
  const { was, then } = WORDS[about];
  const called = toLine((name ?? username ?? '').slice(0, MAX_NAME));
  const account =
    username === undefined ? 'Your account' : `Your account ${toLine(username.slice(0, MAX_NAME))}`;
  return {
    subject: toSubject(site, `Your account was ${was}`),
    text: toText([
      ...(called === '' ? [] : [`Hello ${called},`]),
      `${account} at ${toTitle(site)} was ${was}.`,
      then,
    ]),
  };
}
