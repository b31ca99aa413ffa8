import { createHash } from 'node:crypto';
import { SETTING_IDS } from '../settings/definitions.js';
import { isSecret } from '../settings/secret-settings.js';
import type { RawSettings } from '../settings/settings.js';

/**
 * Tells whether settings are still the same, whoever changes them and where: here, in the chat server, in the
 * environment. Secrets are left out, since a digest of a short one is as good as the secret.
 */
export function digestSettings({ values, overridden }: RawSettings): string {
  const known = SETTING_IDS.filter((id) => !isSecret(id));
  const told = known.map((id) => [id, values.get(id) ?? null, overridden.has(id)]);
  return createHash('sha256').update(JSON.stringify(told)).digest('base64');
}
