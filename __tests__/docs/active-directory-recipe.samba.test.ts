import { SAMBA_BASE } from '../../dev/samba-config.js';
import { startSamba, type Samba } from '../../dev/samba.js';
import {
  SERVICE_PASSWORD,
  toAdPerson,
  toFileTime,
  toLdif,
  toServiceAccount,
  toUnit,
} from '../setup/active-directory.js';
import { openRecipeHost, recipeOf, type RecipeHost } from '../setup/recipes.js';
import { describeWithSamba } from '../setup/samba.js';

const PEOPLE = `OU=People,${SAMBA_BASE}`;
const LDIF = [
  toUnit(SAMBA_BASE, 'People'),
  toUnit(SAMBA_BASE, 'Services'),
  toServiceAccount('svc-chat'),
  ...['ada', 'bob'].map((name) => toAdPerson(PEOPLE, name)),
  toAdPerson(PEOPLE, 'disabled', { userAccountControl: '546' }),
  toAdPerson(PEOPLE, 'expired', { accountExpires: toFileTime('2020-01-01') }),
  toLdif(`CN=contact,${PEOPLE}`, { objectClass: 'contact', mail: 'contact@lab.example' }),
  toLdif(`CN=inner,${PEOPLE}`, { objectClass: 'group', member: `CN=ada,${PEOPLE}` }),
  toLdif(`CN=chat,${PEOPLE}`, { objectClass: 'group', member: `CN=inner,${PEOPLE}` }),
].join('\n');

describeWithSamba('the recipe of Active Directory', () => {
  let samba: Samba;
  let host: RecipeHost;
  beforeAll(async () => {
    samba = await startSamba({ ldif: LDIF });
    host = await openRecipeHost();
  });
  afterAll(async () => {
    await host.close();
    await samba.stop();
  });
  const recipe = (name: string): string =>
    recipeOf(name, 'DC=example,DC=com', SAMBA_BASE).replace('the password of the account', SERVICE_PASSWORD);

  it('brings people and no contacts, and knows who is disabled or has expired', async () => {
    await host.save(recipe('active-directory.json'), samba);
    expect(await host.sync()).toMatchObject({ state: 'completed', problems: [], counts: { created: 4 } });
    expect(await host.states()).toEqual({ ada: true, bob: true, disabled: false, expired: false });
  });

  it('syncs the members of one group, those of groups within it included', async () => {
    await host.save(recipe('active-directory-group.json'));
    expect(await host.sync()).toMatchObject({ counts: { deactivated: 1 } });
    expect(await host.states()).toEqual({ ada: true, bob: false, disabled: false, expired: false });
  });
});
