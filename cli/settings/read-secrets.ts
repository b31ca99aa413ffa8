import { SECRET_IDS, isSecret } from '../../lib/settings/secret-settings.js';
import { CommandError } from '../command-error.js';
import { readSecretFile } from '../session/secret-files.js';

/** `ID=PATH`, each: the secrets that the files hold. */
export function readSecrets(texts: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [id = '', ...rest] = text.split('=');
      const path = rest.join('=');
      if (!isSecret(id) || path === '')
        throw new CommandError('usage', '--secret-file takes ID=PATH with the id of a secret setting.', {
          remedy: `Secret settings are ${SECRET_IDS.join(' and ')}.`,
        });
      return [id, readSecretFile(path, `--secret-file ${id}`)];
    }),
  );
}
