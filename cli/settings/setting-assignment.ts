import { isSecret } from '../../lib/settings/secret-settings.js';
import { CommandError } from '../command-error.js';

const ASSIGNMENT = /^([A-Za-z]\w{0,79})=([\s\S]*)$/;

/** `ID=VALUE`; `undefined`: it is none, and so the name of a file. Throws for a secret, which others could read. */
export function parseAssignment(text: string): readonly [id: string, value: string] | undefined {
  const match = ASSIGNMENT.exec(text);
  if (!match) return undefined;
  const [, id = '', value = ''] = match;
  if (isSecret(id))
    throw new CommandError('usage', `${id} is a secret, which the command line shows to everybody here.`, {
      remedy: `Say --secret-file ${id}=PATH, or --ask ${id}, which asks for it or reads it from stdin.`,
    });
  return [id, value];
}
