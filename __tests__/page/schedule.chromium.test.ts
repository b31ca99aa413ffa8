import { confirm, describePage, findBarriers, usePageStory } from '../setup/page-story.js';

describePage('the schedule on the page', () => {
  const story = usePageStory();
  const settings = () => story.database().connection.collection('rocketchat_settings');
  const stored = async (id: string): Promise<unknown> =>
    (await settings().findOne({ _id: id as never }))?.value;
  const options = { hash: '#/schedule', timezoneId: 'America/New_York' } as const;

  it('is told in words and in the next five times, in its zone and in the reader’s, and is changed', async () => {
    const page = await story.openSignedIn(options);
    const people = page.getByRole('region', { name: 'Sync of people' });
    await people.getByRole('button', { name: 'every 6 hours' }).click();
    await people.getByText('Every 6 hours at minute 00').waitFor();
    await people.getByRole('textbox', { name: 'When people are synced' }).fill('30 2 * * 1-5');
    await people.getByText('From Monday to Friday at 02:30').waitFor();
    await page.getByRole('textbox', { name: 'Time zone of the schedule' }).fill('Europe/Vienna');
    await people.getByRole('columnheader', { name: 'Europe/Vienna' }).waitFor();
    await people.getByRole('columnheader', { name: 'Your time (America/New_York)' }).waitFor();
    expect(await people.getByRole('cell', { name: /02:30/ }).count()).toBe(5);
    expect(await people.getByRole('cell', { name: /0?8:30/ }).count()).toBe(5);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByText('2 changes are not saved').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await confirm(page, story.world().administrator.password);
    await page.getByText('The settings are saved.').first().waitFor();
    await expect(stored('LDAP_Background_Sync_Interval')).resolves.toBe('30 2 * * 1-5');
    await expect(stored('LDAP_Sync_Time_Zone')).resolves.toBe('Europe/Vienna');
  });

  it('says that a text is no pattern before it is saved, and that the directory is off', async () => {
    await settings().updateOne({ _id: 'LDAP_Enable' as never }, { $set: { value: false } });
    const page = await story.openSignedIn(options);
    await page.getByText('The directory is switched off').waitFor();
    await page.getByRole('textbox', { name: 'When people are synced' }).fill('whenever');
    await page.getByText('This is neither a choice nor five fields of cron.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('warns of a Rocket.Chat that does the same, and says who holds the right to write', async () => {
    const { connection } = story.database();
    await connection.collection('rocketchat_cron').insertOne({
      name: 'LDAP_Sync',
      nextRunAt: new Date(Date.now() + 60_000),
    });
    story.world().server.ldapSync.start();
    const page = await story.openSignedIn({ ...options, colorScheme: 'dark' });
    await page.getByText('A Rocket.Chat on this database has the job LDAP_Sync as well').waitFor();
    const hosts = page.getByRole('region', { name: 'Hosts' });
    await hosts.getByText('looks at the schedule', { exact: true }).waitFor();
    await hosts.getByText('free; nothing is going').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('and the settings are there in German, by keyboard alone', async () => {
    const page = await story.openSignedIn({ locale: 'en', colorScheme: 'dark' });
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('link', { name: 'Zustand' }).focus();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { name: 'Zeitplan und Rechner' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByText('Ob LDAP überhaupt benutzt wird.').waitFor();
    await page.getByRole('switch', { name: 'Verzeichnis benutzen' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('1 Änderung ist nicht gespeichert', { exact: true }).waitFor();
    await page.keyboard.press('Space');
    await page.getByText('1 Änderung ist nicht gespeichert', { exact: true }).waitFor({ state: 'hidden' });
    expect(await findBarriers(page)).toEqual([]);
  });
});
