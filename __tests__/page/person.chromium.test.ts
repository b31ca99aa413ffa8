import { PAGE_PEOPLE, toPageDn } from '../../dev/page-people.js';
import { confirm, describePage, findBarriers, usePageStory } from '../setup/page-story.js';

describePage('a person on the page', () => {
  const story = usePageStory();

  it('is found by the key /, and explained step by step', async () => {
    await story.hold();
    const page = await story.openSignedIn();
    await page.getByRole('heading', { level: 1, name: /changes wait/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('donald.knuth');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Donald Knuth' }).waitFor();
    const steps = page.getByRole('main').getByRole('heading', { level: 3 });
    expect(await steps.allTextContents()).toEqual([
      'Found: look at this',
      'In scope: no',
      'Matched: yes',
      'Field by field: not reached',
      'What a sync would do: look at this',
      'History: yes',
    ]);
    await page.getByText('LDAP_User_Search_Filter leaves it out.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it.each([
    ['email', 'ada.lovelace@example.org'],
    ['dn', 'uid=grace.hopper,ou=Sales,dc=example,dc=org'],
    ['id', 'namesakeUser00001'],
  ])('is asked about by %s', async (by, text) => {
    const page = await story.openSignedIn({ hash: '#/person' });
    await page.getByRole('searchbox', { name: 'User name, mail, DN or id', exact: true }).fill(text);
    if (by === 'id') await page.getByLabel('Search by').selectOption('id');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page
      .getByRole('heading', { level: 3, name: /^Found/ })
      .or(page.getByText('Several entries'))
      .waitFor();
    expect(decodeURIComponent(page.url().replaceAll('+', ' '))).toContain(`${by}=${text}`);
  });

  it('is synced with a second factor, and what takes away waits, as is said before', async () => {
    await story.world().server.ldapSync.sync();
    const { slapd, administrator } = story.world();
    const dn = toPageDn(PAGE_PEOPLE.find(({ uid }) => uid === 'ada.lovelace')!);
    slapd.modify(`dn: ${dn}\nchangetype: modify\nreplace: displayName\ndisplayName: Ada King\n`);
    const page = await story.openSignedIn({ hash: '#/person?username=ada.lovelace' });
    const button = page.getByRole('button', { name: 'Sync this person' });
    await button.waitFor();
    expect(await page.getByText('waits when you sync this person').count()).toBe(0);
    await button.click();
    await confirm(page, administrator.password);
    const outcome = page.getByRole('region', { name: 'What became of it' });
    await outcome.getByText('The person was synced.').waitFor();
    await page.getByRole('heading', { level: 2, name: 'Ada King' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    slapd.modify(`dn: ${dn}\nchangetype: modrdn\nnewrdn: uid=countess\ndeleteoldrdn: 1\n`);
    await page
      .getByRole('searchbox', { name: 'User name, mail, DN or id', exact: true })
      .fill('Ada.Lovelace');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('waits when you sync this person').waitFor();
    await button.click();
    await confirm(page, administrator.password);
    await outcome.getByText('waits for your decision').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await outcome.getByRole('link', { name: 'Look at the list' }).click();
    await page.getByRole('heading', { level: 1, name: '1 change waits for a decision' }).waitFor();
  });

  it('who is nowhere is said to be nowhere', async () => {
    const page = await story.openSignedIn({ hash: '#/person?username=nobody' });
    await page.getByRole('heading', { name: 'Nobody was found' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('cannot be explained while the directory is away, which is said in its words', async () => {
    const page = await story.openSignedIn({ hash: '#/person' });
    await story.world().slapd.stop();
    await page.goto(`${story.world().pageUrl}#/person?username=ada.lovelace`);
    await page.getByRole('heading', { name: 'The directory did not answer' }).waitFor();
  });
});
