import { SECRET_IDS } from './secret-settings.js';
import type { Settings } from './settings.js';

/** A shorter one cannot be told from ordinary words. */
const MIN_LENGTH = 4;

/**
 * Takes the values of secret settings out of what is said about others: a password is easily put into the
 * field above its own, and a message that shows what is there goes into reports, mails and answers.
 */
export function createConcealer({ get }: Pick<Settings, 'get'>): (message: string) => string {
  const secrets = SECRET_IDS.map((id) => get(id).trim()).filter(({ length }) => length >= MIN_LENGTH);
  const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (message) => spellings.reduce((text, spelling) => text.replaceAll(spelling, '…'), message);
}
