import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { isFederated } from './merge-obstacles.js';
import type { Activation } from './switching.js';

/** Whether following the entry would make a local account one of another server, or the reverse. */
export function isConversion({ homeServer }: Pick<Person, 'homeServer'>, user: UserRecord): boolean {
  return (homeServer !== undefined) !== isFederated(user);
}

/** What is told of it: Rocket.Chat refuses to convert accounts, and so does a run. */
export function toConversionAdvice({ homeServer }: Pick<Person, 'homeServer'>): Advice {
  const isLocal = homeServer !== undefined;
  return {
    code: 'federation-conversion',
    params: { server: homeServer ?? '' },
    reason: isLocal
      ? `The entry names the home server ${homeServer}, and the user is an account of this server. The two ` +
        'are never converted into each other, so the user stays as is.'
      : 'The entry names no other home server, and the user is an account of one (federated). The two are ' +
        'never converted into each other, so the user stays as is.',
    remedy: isLocal
      ? 'Correct the home server in the directory. If the person has moved, delete the user, and the next ' +
        'sync creates the federated one.'
      : 'Correct the home server in the directory. If the person has come to this server, delete the user, ' +
        'and the next sync creates a local one.',
  };
}

/** A federated account has the name that the person has on the home server. */
export const NOT_RENAMED: Advice = {
  code: 'federated-not-renamed',
  params: {},
  reason:
    'The entry has another user name or home server, and the user is an account of another server ' +
    '(federated), whose name never changes.',
  remedy:
    'Correct the entry. If it is right, delete the user, and the next sync creates the one of the new name.',
};

const NOT_SWITCHED_REMEDY =
  'Nothing, if the home server looks after the account. Else delete the user in the chat server.';

/** What is told of a federated user whom the directory wants off or on. */
export function toKeptStateAdvice(wanted: Activation): Advice {
  const [shown, fate] = wanted === 'deactivate' ? ['disabled', 'on'] : ['enabled', 'off'];
  return {
    code: 'federated-not-switched',
    params: { cause: shown },
    reason:
      `The directory shows the person as ${shown}, and the user is an account of another server ` +
      `(federated), which no sync switches off or on: it stays ${fate}.`,
    remedy: NOT_SWITCHED_REMEDY,
  };
}

/** What is told of a federated user whom a complete sweep did not show. */
export const FEDERATED_MISSING: Advice = {
  code: 'federated-not-switched',
  params: { cause: 'missing' },
  reason:
    'The sync did not see the entry of the person, and the user is an account of another server ' +
    '(federated), which no sync switches off: it stays on.',
  remedy: NOT_SWITCHED_REMEDY,
};

/** Whether a user is on, and may be switched off. */
export function isSwitchable(user: UserRecord): boolean {
  return isActive(user) && !isFederated(user);
}
