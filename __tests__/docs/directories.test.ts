import { checkChanges } from '../../lib/configure/check-changes.js';
import type { RawSettings } from '../../lib/settings/settings.js';
import { readBlocks } from '../setup/page-blocks.js';

const recipes = readBlocks('docs/directories.md')
  .filter(({ language }) => language === 'json')
  .map(({ name, text }) => [name, toSettings(text)] as const);

function toSettings(text: string): ReadonlyMap<string, unknown> {
  const { settings, ...rest } = JSON.parse(text) as { settings: object };
  expect(rest).toEqual({});
  return new Map(Object.entries(settings));
}

const emptyWith = (stored: Iterable<readonly [string, unknown]>): RawSettings => ({
  values: new Map(stored),
  overridden: new Set(),
});

describe('the settings of docs/directories.md', () => {
  it('are of Active Directory, OpenLDAP, FreeIPA and 389-DS', () => {
    expect(recipes.map(([name]) => name)).toEqual(
      expect.arrayContaining(['active-directory.json', 'openldap.json', 'freeipa.json', '389.json']),
    );
  });

  it.each(recipes)('%s can be saved as they stand, and warn of nothing', (name, settings) => {
    const whole = recipes.find(([of]) => name !== of && name.startsWith(of.replace('.json', '')))?.[1] ?? [];
    const { problems, warnings } = checkChanges(settings, emptyWith(whole));
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  it.each(recipes.filter(([, settings]) => settings.has('LDAP_Host')))(
    '%s are encrypted, verified and without a list that is left to chance',
    (_, settings) => {
      expect(settings.get('LDAP_Encryption')).toBe('ssl');
      expect(settings.has('LDAP_Reject_Unauthorized')).toBe(false);
      expect(settings.get('LDAP_Unique_Identifier_Field')).toMatch(/^\w+$/);
    },
  );
});
