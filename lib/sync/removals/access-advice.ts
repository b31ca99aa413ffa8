import { showInvisible } from '../../invisible-characters.js';
import type { Advice } from '../../advice.js';

/** A room into which somebody does not come back; `why` stands after its name. */
export interface MissedRoom {
  readonly name: string;
  readonly why: string;
}

const MAX_NAMED = 10;

/** Somebody has left rooms because of attributes that are lost; `ownerless`: those that have no owner any more. */
export function toRevoked(rooms: readonly string[], ownerless: readonly string[]): Advice {
  const without = ownerless.length === 0 ? '' : ` Without an owner by now: ${toList(ownerless)}.`;
  return {
    code: 'access-revoked',
    params: { rooms: toList(rooms), ownerless: toList(ownerless) },
    reason:
      'The user has lost ABAC attributes, and has left the rooms that ask for them: ' +
      `${toList(rooms)}.${without}`,
    remedy:
      ownerless.length === 0
        ? 'If the directory is wrong, correct the entry and revert the run (ldap.revertRun).'
        : 'Make somebody an owner of these rooms in the chat server; or, if the directory is wrong, correct the ' +
          'entry and revert the run (ldap.revertRun).',
  };
}

export function toNotGivenBack(missed: readonly MissedRoom[]): Advice {
  const named = missed.map(({ name, why }) => `${name} (${why})`);
  return {
    code: 'access-not-given-back',
    params: { rooms: toList(missed.map(({ name }) => name)) },
    reason: `The user has the ABAC attributes again, but is not back in the rooms ${toList(named)}.`,
    remedy: 'Add the user to the rooms in the chat server, if they belong there.',
  };
}

function toList(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map(showInvisible);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `${shown.join(', ')}${more}`;
}
