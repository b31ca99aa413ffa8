import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_IN, toSince } from '../../dev/settings-since.js';
import { toSettingsPage } from '../../dev/settings-page.js';
import { SETTINGS, SETTING_IDS } from '../../lib/settings/definitions.js';
import type { SettingDefinition } from '../../lib/settings/definitions/definition.js';
import { SETTING_EFFECTS } from '../../lib/settings/setting-effects.js';

const page = toSettingsPage();

describe('docs/settings.md', () => {
  it('is what npm run docs writes', () => {
    expect(readFileSync(join(__dirname, '../../docs/settings.md'), 'utf8')).toBe(page);
  });

  it('has one row for every setting of the table of effects', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, id]) => id);
    expect(rows.sort()).toEqual(Object.keys(SETTING_EFFECTS).sort());
  });
});

describe('the version since when a setting is followed', () => {
  it('stands beside every setting that is used', () => {
    for (const id of SETTING_IDS)
      expect(page).toMatch(new RegExp(`^\\| \`${id}\` .*\\| \\S+ \\| (?:default|fails) \\|$`, 'm'));
  });

  it('is a version of the changelog', () => {
    const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
    for (const id of SETTING_IDS) expect(changelog).toMatch(new RegExp(`^## ${toSince(id)}\\b`, 'm'));
  });

  it('is known of no setting that is not used any more', () => {
    expect(
      Object.values(FIRST_IN)
        .flat()
        .filter((id) => !(SETTING_IDS as readonly string[]).includes(id)),
    ).toEqual([]);
  });
});

describe('a definition', () => {
  it.each(SETTING_IDS)('of %s has a sentence, and a default that it allows', (id) => {
    const definition: SettingDefinition = SETTINGS[id];
    expect(definition.about).toMatch(/^[A-Z].*\.$/);
    if (definition.type === 'int') {
      expect(definition.default).toBeGreaterThanOrEqual(definition.range.min);
      expect(definition.default).toBeLessThanOrEqual(definition.range.max);
    }
    if (definition.type === 'string' && definition.range)
      expect(definition.range).toContain(definition.default);
  });
});
