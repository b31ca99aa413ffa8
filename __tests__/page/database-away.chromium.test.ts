import type { Locator, Page } from 'playwright-core';
import { confirm, describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';
import { useStoppableMongo } from '../setup/stoppable-mongo.js';

const REASON = 'The database of the chat server does not answer.';

describePage('the page while MongoDB is stopped', () => {
  // Before the story, whose clean-up needs the database.
  const mongo = useStoppableMongo();
  const story = usePageStory(() => mongo.open());
  const password = (): string => story.world().administrator.password;
  const users = () => story.database().connection.collection('users');
  const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { name }).first();

  /** What was refused says why and what to do. */
  async function findRefusal(place: Page | Locator): Promise<void> {
    const refusal = place.getByRole('alert').filter({ hasText: REASON }).first();
    await refusal.getByText('Nothing that you typed is lost').waitFor();
  }

  it('shows what it last heard, with its age and the reason, and goes on by itself', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn();
    await heading(page, /1 change waits/).waitFor();
    mongo.silence();
    const aged = page.getByRole('alert').filter({ hasText: 'This is from' }).first();
    await aged.getByText('the page tries again by itself').waitFor();
    await heading(page, /1 change waits/).waitFor();
    expect(await aged.textContent()).toContain('The database of the chat server does not answer');
    expect(await findBarriers(page)).toEqual([]);
    await page.evaluate("location.hash = '#/runs'");
    await heading(page, 'This could not be loaded').waitFor();
    await findRefusal(page);
    expect(await findBarriers(page)).toEqual([]);
    mongo.goOn();
    await page.getByRole('table', { name: 'Runs, the newest first' }).waitFor();
    await heading(page, 'This could not be loaded').waitFor({ state: 'detached' });
  });

  it('keeps what was chosen of a held list and its dialog, and decides when MongoDB is back', async () => {
    await story.hold();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('checkbox', { name: `Choose ${LEAVERS[1]?.name}` }).check();
    await page.getByRole('button', { name: 'Approve 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 1 change?' });
    await dialog.getByLabel(/mail/i).selectOption({ index: 2 });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    mongo.silence();
    await confirm(page, password());
    await findRefusal(dialog);
    expect(await findBarriers(page)).toEqual([]);
    mongo.goOn();
    expect(await users().countDocuments({ active: false })).toBe(0);
    expect(await dialog.getByLabel(/mail/i).inputValue()).toBe('none');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await confirm(page, password());
    await page.getByRole('region', { name: 'What became of it' }).getByText('1 change was made.').waitFor();
    const off = await users().find({ active: false }).toArray();
    expect(off.map(({ username }) => username as string)).toEqual([LEAVERS[1]?.uid]);
  });

  it('tells the end of an approval that was under way, of which nothing is done twice', async () => {
    await story.hold();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('button', { name: 'Approve all 18' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 18 changes?' });
    await dialog.getByLabel('Type 18 to confirm').fill('18');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    const accepted = page.waitForResponse(
      (answer) => answer.url().endsWith('ldap.approveRun') && answer.ok(),
    );
    await confirm(page, password());
    await accepted;
    mongo.silence();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor();
    mongo.goOn();
    await page
      .getByRole('region', { name: 'What became of it' })
      .getByText('18 changes were made.')
      .waitFor({ timeout: 120_000 });
    // The other row connects two accounts.
    expect(await users().countDocuments({ active: false })).toBe(17);
  });

  it('keeps a draft of settings, and saves it when MongoDB is back', async () => {
    const page = await story.openSignedIn({ hash: '#/settings/removals' });
    const field = page.getByRole('textbox', { name: 'Never held up to' });
    await field.fill('23');
    mongo.silence();
    await page.getByRole('button', { name: 'Save' }).click();
    await findRefusal(page);
    expect(await field.inputValue()).toBe('23');
    mongo.goOn();
    await page.getByRole('button', { name: 'Save' }).click();
    await confirm(page, password());
    await page.getByText('The settings are saved.').first().waitFor();
    const stored = await story
      .database()
      .connection.collection('rocketchat_settings')
      .findOne({ _id: 'LDAP_Guard_Always_Allowed' as never });
    expect(stored?.value).toBe(23);
  });
});
