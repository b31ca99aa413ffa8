import { startDs389, type Ds389 } from '../../dev/ds389.js';
import { toLdif } from '../setup/active-directory.js';
import { describeWithDs389 } from '../setup/ds389.js';
import { openRecipeHost, recipeOf, type RecipeHost } from '../setup/recipes.js';

const SUFFIX = 'dc=example,dc=com';
const person = (uid: string, more: Parameters<typeof toLdif>[1] = {}): string =>
  toLdif(`uid=${uid},ou=people,${SUFFIX}`, {
    ...{ objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, mail: `${uid}@example.com` },
    ...more,
  });
const LDIF = [
  toLdif(SUFFIX, { objectClass: 'domain', dc: 'example' }),
  ...['people', 'services'].map((ou) =>
    toLdif(`ou=${ou},${SUFFIX}`, { objectClass: 'organizationalUnit', ou }),
  ),
  person('ada'),
  person('bob', { nsAccountLock: 'true' }),
].join('\n');

describeWithDs389('the recipe of 389 Directory Server', () => {
  let ds389: Ds389;
  let host: RecipeHost;
  beforeAll(async () => {
    ds389 = await startDs389({ suffix: SUFFIX, ldif: LDIF });
    ds389.modify(recipeOf('389-account.ldif'));
    host = await openRecipeHost();
  });
  afterAll(async () => {
    await host.close();
    await ds389.stop();
  });

  it('brings everybody, and knows who is disabled', async () => {
    await host.save(recipeOf('389.json'), ds389);
    expect(await host.sync()).toMatchObject({ state: 'completed', problems: [], counts: { created: 2 } });
    expect(await host.states()).toEqual({ ada: true, bob: false });
    expect(await host.sync()).toMatchObject({ counts: { unchanged: 2 } });
  });
});
