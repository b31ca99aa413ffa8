import type { Page } from 'playwright-core';
import { toLeaving } from '../../dev/page-people.js';
import { confirm, describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';

describePage('a held list on the page', () => {
  const story = usePageStory();
  const password = (): string => story.world().administrator.password;

  async function switchedOff(): Promise<readonly string[]> {
    const users = story
      .database()
      .connection.collection('users')
      .find({ active: false })
      .sort({ username: 1 });
    return (await users.toArray()).map(({ username }) => username as string);
  }
  const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const outcome = (page: Page) => page.getByRole('region', { name: 'What became of it' });

  it('is decided in part by the keyboard alone', async () => {
    await story.hold();
    const page = await story.openSignedIn();
    await page.getByRole('heading', { name: '18 changes wait for your decision.' }).waitFor();
    await press(page, 'g', 'd');
    await page.getByRole('heading', { name: '18 changes wait for a decision' }).waitFor();
    const first = page.getByRole('checkbox', { name: `Choose ${LEAVERS[0]?.name}` });
    await first.waitFor();
    for (let tabs = 0; tabs < 40 && !(await isFocused(page, LEAVERS[0]?.name)); tabs += 1)
      await press(page, 'Tab');
    await press(page, 'Space', 'ArrowDown', 'ArrowDown', 'Space', 'Enter');
    await page.getByText('2 of 18 chosen').waitFor();
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Approve 2');
    await press(page, 'Enter');
    await page.getByRole('dialog', { name: 'Approve 2 changes?' }).waitFor();
    // From "Cancel", which has the focus, to "Approve".
    await press(page, 'Tab', 'Enter');
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    await page.keyboard.type(password());
    await press(page, 'Enter');
    await outcome(page).getByText('2 changes were made.').waitFor();
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('What became of it');
    expect(await switchedOff()).toEqual([LEAVERS[0]?.uid, LEAVERS[2]?.uid].sort());
    await page.getByRole('heading', { name: '16 changes wait for a decision' }).waitFor();
  });

  it('asks for the number before more than ten are approved, and says who has come back meanwhile', async () => {
    await story.hold();
    const [back] = LEAVERS;
    if (!back) throw new Error('There is nobody to come back.');
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('button', { name: 'Approve all 18' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 18 changes?' });
    await dialog.getByLabel('Type 18 to confirm').fill('17');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('Type the number 18.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    story.world().slapd.modify(toLeaving(back, false));
    await dialog.getByLabel('Type 18 to confirm').fill('18');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await confirm(page, password());
    await outcome(page).getByText('stays as they are').waitFor();
    await page.getByRole('heading', { name: 'The list is decided.' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('has an entry and an account that may be the same person side by side, and connects them', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByText('the address grace.hopper@example.org, which proves nothing').waitFor();
    const line = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
    await line('Name').getByText('Grace Hopper').waitFor();
    await line('Name').getByText('Grace H.').waitFor();
    await line('User name').getByText('grace.hopper').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Choose Grace' }).check();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await confirm(page, password());
    await outcome(page).getByText('1 change was made.').waitFor();
    const user = await story
      .database()
      .connection.collection('users')
      .findOne({ _id: 'namesakeUser00001' as never });
    expect(user?.services.ldap.id).toBeDefined();
  });

  it('is rejected without anything happening to anybody', async () => {
    await story.hold();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('checkbox', { name: 'All of this group: Not found by the search any more' }).check();
    await page.getByRole('button', { name: 'Reject 17' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject 17 changes?' });
    await dialog.getByLabel('Type 17 to confirm').fill('17');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await confirm(page, password());
    await outcome(page).getByText('17 changes were rejected.').waitFor();
    expect(await switchedOff()).toEqual([]);
    await page
      .getByRole('region', { name: 'What comes next' })
      .getByText('lists these people again')
      .waitFor();
  });

  it('names the permission when it is taken away in the middle, and goes on when it is back', async () => {
    await story.hold();
    const permissions = story.database().connection.collection('rocketchat_permissions');
    const give = (roles: readonly string[]) =>
      permissions.updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles } });
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('button', { name: 'Reject all 18' }).waitFor();
    await give([]);
    await page.getByRole('heading', { name: 'Your account may not see this' }).waitFor();
    await page.getByText('sync-auth-services-users').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await give(['admin']);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('button', { name: 'Reject all 18' }).waitFor();
  });

  it('keeps what was chosen while somebody whose sign-in has ended signs in again', async () => {
    await story.hold();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('checkbox', { name: `Choose ${LEAVERS[1]?.name}` }).check();
    await story
      .database()
      .connection.collection('users')
      .updateOne({ username: 'admin' }, { $set: { 'services.resume.loginTokens': [] } });
    await page.getByText('Your sign-in has ended.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('User name or mail').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(password());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await confirm(page, '246810');
    await page.getByText('1 of 18 chosen').waitFor();
  });
});

async function isFocused(page: Page, name = ''): Promise<boolean> {
  const label = await page.evaluate("document.activeElement?.getAttribute('aria-label')");
  return label === `Choose ${name}`;
}
