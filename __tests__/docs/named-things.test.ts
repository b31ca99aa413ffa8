import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listFiles } from '../../dev/dangling-links.js';
import { SETTING_EFFECTS } from '../../lib/settings/setting-effects.js';

const root = join(__dirname, '../..');
const pages = [join(root, 'README.md'), ...listFiles(join(root, 'docs'), '.md')].map((path) => ({
  name: basename(path),
  text: readFileSync(path, 'utf8'),
}));
const { paths } = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as { paths: object };

/** What pages name that is not there, as `page: name`. */
function findUnknown(pattern: RegExp, isKnown: (name: string) => boolean): readonly string[] {
  return pages.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)]
      .map(([, found = '']) => found)
      .filter((found) => !isKnown(found))
      .map((found) => `${name}: ${found}`),
  );
}

describe('the pages', () => {
  it('name no setting of LDAP that is not there', () => {
    // `LDAP_Guard_…` stands for several; `LDAP_URL` is a variable of the reader's shell, and `LDAP_disabled` an error.
    const others = /^LDAP_[A-Z_]+$|_disabled$/;
    const unknown = findUnknown(
      /\b(?:OVERWRITE_SETTING_)?(LDAP_[A-Za-z_]+[A-Za-z])(?![A-Za-z_…])/g,
      // A variable whose name ends so names a file that has the value.
      (id) => id.replace(/_FILE$/, '') in SETTING_EFFECTS || others.test(id),
    );
    expect(unknown).toEqual([]);
  });

  it('name no endpoint that is not there', () => {
    const known = new Set(Object.keys(paths).map((path) => path.replace(/^.*\/ldap\./, '')));
    expect(known.size).toBeGreaterThan(10);
    expect(findUnknown(/(?<![\w./])ldap\.([a-z]+[A-Z][A-Za-z]*)\b/g, (verb) => known.has(verb))).toEqual([]);
  });
});
