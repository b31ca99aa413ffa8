import { readEntries } from '../directory/read-entries.js';
import { UnusableAttributeError } from '../mapping/attribute-text.js';
import { mapUsernames } from '../mapping/entry-usernames.js';
import { fromSource } from '../mapping/source-texts.js';
import type { AskedSettings } from './asked-settings.js';

const NAMED = 3;
const MAX_TEXT = 200;

/** Three people, as they would be called here. */
export async function readNames({ directory, signal, settings }: AskedSettings): Promise<readonly string[]> {
  const { search, mapping } = settings;
  const entries = await readEntries(
    directory,
    {
      baseDN: search.baseDN,
      scope: search.scope,
      filter: search.filter,
      attributes: [...mapping.name.attributes, ...mapping.username.attributes],
      pageSize: search.pageSize,
      sizeLimit: NAMED,
    },
    { signal, tolerated: ['size-limit', 'referral'], failure: 'Nobody could be read' },
  );
  return entries.map((entry) => {
    try {
      const [name] = [...fromSource(entry, mapping.name, 'name'), ...mapUsernames(entry, mapping)];
      return (name ?? entry.dn).slice(0, MAX_TEXT);
    } catch (error) {
      if (error instanceof UnusableAttributeError) return entry.dn.slice(0, MAX_TEXT);
      throw error;
    }
  });
}
