import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { UnusableAttributeError } from './attribute-text.js';
import { fromSource } from './source-texts.js';
import { toUsername } from './username.js';

/** Every user name that the values make; `[]`: the user name field gives nothing. */
export function mapUsernames(
  entry: DirectoryEntry,
  { username: source, slugifyUsername }: MappingSettings,
): readonly string[] {
  const texts = fromSource(entry, source, 'plain');
  const usernames = texts.map((text) => toUsername(text, slugifyUsername)).filter((name) => name !== '');
  if (usernames.length === 0 && texts.length > 0) throw noUsername(texts[0] ?? '');
  return usernames.length > 1 ? [...new Set(usernames)] : usernames;
}

function noUsername(text: string): UnusableAttributeError {
  const shown = text.slice(0, 100);
  return new UnusableAttributeError({
    code: 'unusable-username',
    params: { username: shown },
    reason: `No character of the user name ${JSON.stringify(shown)} can stand in a chat user name.`,
    remedy:
      'Give the person a user name with letters or digits, or map another attribute in ' +
      'LDAP_Username_Field / LDAP_AD_Username_Field.',
  });
}
