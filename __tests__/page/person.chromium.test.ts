import { PAGE_PEOPLE, toLeaving, toPageDn } from '../../dev/page-people.js';
import { confirm, describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';

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

  it('whose new name is another account’s keeps the old one, as is said in German, and so is the report of it', async () => {
    await story.world().server.ldapSync.sync();
    const { slapd, administrator } = story.world();
    const [ada, alan] = ['ada.lovelace', 'alan.turing'].map((uid) =>
      toPageDn(PAGE_PEOPLE.find((one) => one.uid === uid)!),
    );
    const rename = (dn: string | undefined, uid: string) =>
      slapd.modify(`dn: ${dn}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 1\n`);
    rename(alan, 'enigma');
    rename(ada, 'alan.turing');
    const page = await story.openSignedIn({ hash: '#/person?username=ada.lovelace' });
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('button', { name: 'Diese Person abgleichen' }).click();
    const code = page.getByRole('dialog');
    await code.getByRole('textbox').fill(administrator.password);
    await code.getByRole('button', { name: 'Bestätigen' }).click();
    const outcome = page.getByRole('region', { name: 'Was daraus wurde' });
    await outcome.getByText('nicht oder nur zum Teil abgeglichen').waitFor();
    await outcome.getByText('Ein anderes Konto hat, was das Verzeichnis jetzt sagt (alan.turing)').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await outcome.getByRole('link', { name: 'Bericht öffnen' }).click();
    await page.getByRole('heading', { level: 1, name: /^Abgleich einer Person/ }).waitFor();
    await page.getByRole('link', { name: 'ada.lovelace' }).waitFor();
    expect(await page.getByText('Es gibt keinen früheren Lauf dieser Art.').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(page.url().replace(/#.*/, '#/runs'));
    await page.getByRole('cell', { name: /^Abgleich einer Person\s+ada\.lovelace$/ }).waitFor();
  });

  it('is not synced while another run goes, which is said in place', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/person?username=ada.lovelace' });
    const button = page.getByRole('button', { name: 'Sync this person' });
    await button.waitFor();
    const leases = story.database().connection.collection('ldap_sync_lease');
    const [run] = await story.database().connection.collection('ldap_sync_runs').find().toArray();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await leases.updateOne({ _id: 'ldap-sync' as never }, { $set: { runId: run?._id, expiresAt } });
    await button.click();
    await confirm(page, story.world().administrator.password);
    await page
      .getByText(/A run is going|run is going/)
      .first()
      .waitFor();
    expect(await page.getByRole('region', { name: 'What became of it' }).count()).toBe(0);
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
