import type { Page } from 'playwright-core';
import { confirm, describePage, findBarriers, usePageStory } from '../setup/page-story.js';

const NARROW = '(&(objectClass=inetOrgPerson)(!(employeeType=left))(!(mail=a*)))';

describePage('settings on the page', () => {
  const story = usePageStory();
  const password = (): string => story.world().administrator.password;
  const stored = async (id: string): Promise<unknown> =>
    (
      await story
        .database()
        .connection.collection('rocketchat_settings')
        .findOne({ _id: id as never })
    )?.value;
  const row = (page: Page, id: string) => page.locator(`#s-${id}`);
  const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { name }).first();

  it('lead from nothing to a sync: address, proposals, test, preview, and it is done', async () => {
    const { slapd } = story.world();
    await story
      .database()
      .connection.collection('rocketchat_settings')
      .deleteMany({ _id: { $regex: '^LDAP_' } as never });
    const page = await story.openSignedIn({ hash: '#/settings' });
    await page.getByRole('switch', { name: 'Use the directory' }).check();
    await page.getByRole('textbox', { name: 'Directory server' }).fill('127.0.0.1');
    await page.getByRole('textbox', { name: 'Port' }).fill(String(slapd.port));
    await page.getByRole('link', { name: /^Service account/ }).click();
    await page.getByRole('switch', { name: 'Sign in with a service account' }).check();
    await page.getByRole('textbox', { name: 'Service account' }).fill(slapd.rootDN);
    await page.getByRole('button', { name: 'Password of the service account' }).click();
    await page.getByLabel('Password of the service account').fill(slapd.rootPassword);
    await page.getByRole('link', { name: 'Suggest values' }).click();
    await page.getByRole('button', { name: 'Look at the directory' }).click();
    await confirm(page, password());
    await page.getByRole('button', { name: /^Take all \d+ values into the draft/ }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Test everything' }).click();
    await confirm(page, password());
    await page.getByRole('link', { name: /^People.*It works/ }).click();
    await page.getByText('50', { exact: true }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: /^Removals and guard/ }).click();
    await page.getByRole('switch', { name: 'Sync people' }).check();
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await heading(page, 'Nothing is taken away from anybody').waitFor();
    await expect(stored('LDAP_Host')).resolves.toBeUndefined();
    await page.getByRole('button', { name: 'Save and do this' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save and do it' }).click();
    await confirm(page, password());
    await heading(page, 'The settings are saved, and the preview is applied').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await expect(stored('LDAP_Host')).resolves.toBe('127.0.0.1');
    const linked = story.database().connection.collection('users').countDocuments({ ldap: true });
    await expect(linked).resolves.toBeGreaterThan(40);
  });

  it('are previewed before they narrow who is synced, applied as shown, and taken back', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/settings/people' });
    const filter = page.getByRole('textbox', { name: 'Who is synced' });
    const before = await filter.inputValue();
    await filter.fill(NARROW);
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await heading(page, /changes? takes? away from people/).waitFor();
    await page.getByRole('rowheader', { name: 'Alan Turing' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    const off = () =>
      story.database().connection.collection('users').countDocuments({ ldap: true, active: false });
    await expect(off()).resolves.toBe(0);
    await page.getByRole('button', { name: 'Save and do this' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save and do it' }).click();
    await confirm(page, password());
    await heading(page, 'The settings are saved, and the preview is applied').waitFor();
    await expect(stored('LDAP_User_Search_Filter')).resolves.toBe(NARROW);
    await expect(off()).resolves.toBeGreaterThan(2);
    await page.getByRole('link', { name: 'Take the settings back' }).click();
    await page.getByRole('button', { name: 'Back to before this' }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Into the draft, and preview' }).click();
    await page.getByText('1 change', { exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Back to before this' }).click();
    await page.getByRole('button', { name: 'Restore at once' }).click();
    await confirm(page, password());
    await page.getByText('went back').waitFor();
    await expect(stored('LDAP_User_Search_Filter')).resolves.toBe(before);
  });

  it('are said to be saved where they were saved without doing it, with what comes next', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/settings/people' });
    await page.getByRole('textbox', { name: 'Who is synced' }).fill(NARROW);
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await page.getByRole('button', { name: 'Save without doing it' }).click();
    await confirm(page, password());
    await heading(page, 'The settings are saved').waitFor();
    await page.getByText('Nothing was done to anybody yet.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await expect(stored('LDAP_User_Search_Filter')).resolves.toBe(NARROW);
    await page.getByRole('link', { name: 'To Health' }).click();
    await page.getByRole('button', { name: 'Sync now' }).waitFor();
  });

  it('are refused at their rows, all at once, and the draft stays', async () => {
    const page = await story.openSignedIn({ hash: '#/settings/removals' });
    await page.getByRole('textbox', { name: 'Never held up to' }).fill('5000');
    await page.getByRole('textbox', { name: 'Switched off: most, in percent' }).fill('much');
    await page.getByRole('button', { name: 'Save' }).click();
    await confirm(page, password());
    await row(page, 'LDAP_Guard_Always_Allowed')
      .getByText('Give LDAP_Guard_Always_Allowed a number')
      .waitFor();
    await row(page, 'LDAP_Guard_Deactivations_Percent').getByRole('alert').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Never held up to' }).fill('20');
    await row(page, 'LDAP_Guard_Deactivations_Percent').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await confirm(page, password());
    await page.getByText('The settings are saved.').first().waitFor();
    await expect(stored('LDAP_Guard_Always_Allowed')).resolves.toBe(20);
  });

  it('say in German what a test found, what is proposed and what was refused, and show a hostile value as text', async () => {
    const hostile = '<img/src/onerror>';
    const page = await story.openSignedIn({ hash: '#/settings/people' });
    await page.getByRole('link', { name: 'Suggest values' }).click();
    await page.getByRole('button', { name: 'Look at the directory' }).click();
    await confirm(page, password());
    await page
      .getByText(/people who were seen have uid/)
      .first()
      .waitFor();
    await page.getByLabel('Language').selectOption('Deutsch');
    await page
      .getByText(/\d+ von \d+ gesehenen Personen haben uid\./)
      .first()
      .waitFor();
    await expect(page.getByText(/people who were seen/).count()).resolves.toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Sprache').selectOption('English');
    await page.getByRole('link', { name: /^People/ }).click();
    const base = page.locator('#s-LDAP_BaseDN').getByRole('textbox');
    await base.fill(hostile);
    await page.getByRole('button', { name: 'Test these values' }).click();
    await confirm(page, password());
    await row(page, 'LDAP_BaseDN').getByRole('alert').waitFor();
    await page.getByLabel('Language').selectOption('Deutsch');
    const refused = `LDAP_BaseDN ist ${JSON.stringify(hostile)}; das ist kein DN.`;
    await row(page, 'LDAP_BaseDN').getByRole('alert').getByText(refused).waitFor();
    await expect(page.locator('p.refusal').filter({ hasText: refused }).count()).resolves.toBe(2);
    await expect(page.locator('.refusal img').count()).resolves.toBe(0);
    await page.getByLabel('Sprache').selectOption('English');
    await base.fill('dc=nowhere');
    await page.getByRole('button', { name: 'Test these values' }).click();
    await confirm(page, password());
    await heading(page, /^It does not work/).waitFor();
    await page.getByLabel('Language').selectOption('Deutsch');
    const report = page.getByRole('region', { name: 'Es geht nicht' });
    await report.getByText('Der Eintrag von LDAP_BaseDN lässt sich nicht lesen.').waitFor();
    await expect(report.getByText('cannot be read').count()).resolves.toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('ask for a stored password again, and say why, when it would be sent elsewhere', async () => {
    const { slapd } = story.world();
    const page = await story.openSignedIn({ hash: '#/settings' });
    await page.getByRole('textbox', { name: 'Directory server' }).fill('localhost');
    await page.getByRole('button', { name: 'Test these values' }).click();
    await confirm(page, password());
    const dialog = page.getByRole('dialog', { name: 'Give the password again' });
    await dialog.getByText('would send it to another server').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByLabel('Password of the service account').fill(slapd.rootPassword);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await confirm(page, password());
    await heading(page, /^It works/).waitFor();
  });

  it('are found by search, and those of the chat server are locked with the reason', async () => {
    const page = await story.openSignedIn({ hash: '#/settings' });
    await page.getByRole('searchbox', { name: 'Find a setting' }).fill('smtp host');
    await row(page, 'SMTP_Host').getByText('A setting of the chat server.').waitFor();
    expect(await row(page, 'SMTP_Host').getByRole('textbox').isDisabled()).toBe(true);
    await page.getByRole('searchbox', { name: 'Find a setting' }).fill('no such thing');
    await heading(page, 'No setting matches').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('are not applied once they are others than those of the preview, here or at the server', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/settings/people', colorScheme: 'dark' });
    await page.getByRole('textbox', { name: 'Who is synced' }).fill(NARROW);
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await heading(page, /changes? takes? away from people/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await story
      .database()
      .connection.collection('rocketchat_settings')
      .updateOne({ _id: 'LDAP_Name_Field' as never }, { $set: { value: 'cn' } });
    await page.getByRole('button', { name: 'Save and do this' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save and do it' }).click();
    await confirm(page, password());
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .getByText(/have been changed|since the preview/)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: /^People/ }).click();
    await page.getByRole('textbox', { name: 'Who is synced' }).fill('(objectClass=person)');
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByText('The changes are not those of the preview any more.').waitFor();
    await page.getByRole('button', { name: 'Save and do this' }).waitFor({ state: 'hidden' });
  });

  it('say what has failed while the directory is away, in a test and in a preview', async () => {
    const page = await story.openSignedIn({ hash: '#/settings' });
    await story.world().slapd.stop();
    await page.getByRole('button', { name: 'Test these values' }).click();
    await confirm(page, password());
    await heading(page, /^It does not work/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: /^People/ }).click();
    await page.getByRole('textbox', { name: 'Who is synced' }).fill(NARROW);
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await heading(page, 'The preview could not be made').waitFor();
    await page.getByRole('button', { name: 'Save without doing it' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('say which permission is missing', async () => {
    await story
      .database()
      .connection.collection('rocketchat_permissions')
      .updateOne({ _id: 'view-privileged-setting' as never }, { $set: { roles: [] } }, { upsert: true });
    const page = await story.openSignedIn({ hash: '#/settings' });
    await heading(page, 'You may not see the settings').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});
