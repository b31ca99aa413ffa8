import { toLeaving } from '../../dev/page-people.js';
import { describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';

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
    await page.getByText('the entry is in the directory, but a sync does not read it').waitFor();
    await page.getByText('would be switched off').first().waitFor();
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

  it('whom a sync does not read is not said to be as the directory says', async () => {
    await story.world().server.ldapSync.sync();
    const [gone] = LEAVERS;
    if (!gone) throw new Error('There is nobody to leave.');
    story.world().slapd.modify(toLeaving(gone, true));
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: `#/person?username=${gone.uid}` });
    await page.getByText('Nothing: a sync does not read the entry.').waitFor();
    expect(await page.getByText('the user is as the directory says').count()).toBe(0);
  });

  it('who is nowhere is said to be nowhere', async () => {
    const page = await story.openSignedIn({ hash: '#/person?username=nobody' });
    await page.getByRole('heading', { name: 'Nobody was found' }).waitFor();
    await page.getByText('give the user name, the mail address, the DN or the id').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('cannot be explained while the directory is away, which is said in its words', async () => {
    const page = await story.openSignedIn({ hash: '#/person' });
    await story.world().slapd.stop();
    await page.goto(`${story.world().pageUrl}#/person?username=ada.lovelace`);
    await page.getByRole('heading', { name: 'The directory did not answer' }).waitFor();
  });
});
