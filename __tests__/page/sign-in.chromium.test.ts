import type { Page } from 'playwright-core';
import { confirm, describePage, findBarriers, signIn, usePageStory } from '../setup/page-story.js';
import { DEEP_PREFIX, LOGIN_CODE } from '../setup/page-host.js';

describePage('signing in to the page', () => {
  const story = usePageStory();
  const heading = { level: 1 } as const;

  it('takes name and password, and a code where the host asks for one', async () => {
    const page = await story.open();
    await page.getByLabel('User name or mail').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(story.world().administrator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That was wrong').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await confirm(page, LOGIN_CODE);
    await page.getByRole('heading', { ...heading, name: 'Nothing has been synced yet.' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it('says that the password is wrong', async () => {
    const page = await story.open();
    await page.getByLabel('User name or mail').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await confirm(page, LOGIN_CODE);
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
  });

  it('says that the password is wrong where it is the second factor, and nothing of a code', async () => {
    const page = await story.openSignedIn();
    await page.getByRole('button', { name: 'Sync now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByRole('textbox').fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('The password is wrong.', { exact: true }).waitFor();
  });

  it('names the address it is at, and the proxy, where nobody can sign in there', async () => {
    const page = await story.open();
    await page.route('**/api/v1/login', (route) => route.fulfill({ status: 404, json: { success: false } }));
    await page.getByLabel('User name or mail').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill('any');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const said = page.getByRole('alert').getByText(`no sign-in at ${story.world().server.url}.`);
    expect(await said.textContent()).toContain('a proxy has to put the chat and this page on one address');
  });

  it('ends with the page, unless the tab was asked to remember it', async () => {
    const page = await story.openSignedIn();
    await page.getByRole('heading', { ...heading, name: 'Nothing has been synced yet.' }).waitFor();
    await page.reload();
    await page.getByLabel('Stay signed in').check();
    await signIn(page, story.world());
    await page.getByRole('heading', { ...heading, name: 'Nothing has been synced yet.' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { ...heading, name: 'Nothing has been synced yet.' }).waitFor();
  });

  it.each(['', ':/chat:/chat'])(
    'is that of the Rocket.Chat of the same origin, with the suffix %j',
    async (suffix) => {
      const { administrator, token } = story.world();
      const page = await story.open();
      await store(page, {
        // Of somebody who has signed out in another path of the origin.
        'Meteor.userId:other': 'somebody',
        [`Meteor.loginToken${suffix}`]: token,
        [`Meteor.userId${suffix}`]: administrator.userId,
        [`Meteor.loginTokenExpires${suffix}`]: new Date(Date.now() + 9e7).toString(),
      });
      await page.reload();
      await page.getByRole('heading', { ...heading, name: 'Nothing has been synced yet.' }).waitFor();
      expect(
        await page.evaluate("Object.keys(localStorage).filter((key) => !key.startsWith('Meteor.'))"),
      ).toEqual([]);
      expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual([]);
    },
  );

  it('is asked for when a token of Rocket.Chat has been revoked', async () => {
    const page = await story.open();
    await store(page, { 'Meteor.loginToken': 'revoked', 'Meteor.userId': 'somebody' });
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to see the directory sync' }).waitFor();
  });

  it('works at two places of a host at once, and without the slash at the end', async () => {
    const page = await story.open();
    await page.goto(`${story.world().server.url}${DEEP_PREFIX}#/runs`);
    expect(new URL(page.url()).pathname).toBe(`${DEEP_PREFIX}/`);
    await signIn(page, story.world());
    await page.getByRole('heading', { ...heading, name: 'Runs' }).waitFor();
    await page.goto(`${story.world().server.url}/ldap-sync`);
    await page.getByRole('heading', { name: 'Sign in to see the directory sync' }).waitFor();
  });
});

/** As the chat server's own client does. */
function store(page: Page, entries: Readonly<Record<string, string>>): Promise<unknown> {
  return page.evaluate(
    `Object.entries(${JSON.stringify(entries)}).forEach(([key, value]) => localStorage.setItem(key, value))`,
  );
}
