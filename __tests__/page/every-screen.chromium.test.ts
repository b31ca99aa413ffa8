import type { Page } from 'playwright-core';
import { describePage, findBarriers, LEAVERS, signIn, usePageStory } from '../setup/page-story.js';

const SCREENS = [
  ['#/', 'headline'],
  ['#/runs', 'runs'],
  ['#/held', 'decision'],
  ['#/person', 'ask'],
  ['#/person?username=ada.lovelace', 'steps'],
  [`#/person?username=${LEAVERS[3]?.uid ?? ''}`, 'steps'],
  ['#/settings', 'setting-list'],
  ['#/settings/people', 'setting-list'],
  ['#/settings/groups', 'setting-list'],
  ['#/settings/others', 'setting-list'],
  ['#/settings/suggest', 'list-head'],
  ['#/settings/history', 'blank'],
  ['#/settings/review', 'blank'],
  ['#/schedule', 'jobs'],
] as const;

describePage('every screen of the page', () => {
  const story = usePageStory();

  async function show(page: Page, hash: string, shown: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await page.locator(`.${shown}`).first().waitFor();
    await page.waitForLoadState('networkidle');
  }

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to find, with a list that waits, when it is %s',
    async (colorScheme) => {
      const runId = await story.hold();
      const page = await story.openSignedIn({ colorScheme });
      for (const [hash, shown] of [...SCREENS, [`#/runs/${runId}`, 'changes'] as const]) {
        await show(page, hash, shown);
        expect([hash, await findBarriers(page)]).toEqual([hash, []]);
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it('has nothing for axe to find before anything has happened, nor when LDAP is off', async () => {
    const page = await story.openSignedIn({ colorScheme: 'dark' });
    await page.getByRole('heading', { name: 'Nothing has been synced yet.' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${story.world().pageUrl}#/runs`);
    await page.getByRole('heading', { name: 'No run yet' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${story.world().pageUrl}#/held`);
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${story.world().pageUrl}#/runs/00000000000000000`);
    await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await story
      .database()
      .connection.collection('rocketchat_settings')
      .updateOne({ _id: 'LDAP_Enable' as never }, { $set: { value: false } });
    await page.goto(`${story.world().pageUrl}#/`);
    await page.getByRole('heading', { name: 'LDAP is switched off.' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('fits a narrow window, and a zoom of 400 %', async () => {
    const runId = await story.hold();
    const page = await story.openSignedIn({ viewport: { width: 320, height: 640 } });
    for (const [hash, shown] of [...SCREENS, [`#/runs/${runId}`, 'changes'] as const]) {
      await show(page, hash, shown);
      expect([hash, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([hash, 320]);
    }
  });

  it('is there in German, to whose texts the choice of the reader leads', async () => {
    await story.hold();
    const page = await story.openSignedIn();
    await page.getByRole('heading', { name: '18 changes wait for your decision.' }).waitFor();
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('heading', { name: '18 Änderungen warten auf Ihre Entscheidung.' }).waitFor();
    await page.getByText(/^17 von \d+ verknüpften Benutzern verlören etwas/).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('keeps what it last heard while the server is away, with its age, and says so', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.open();
    await page.getByLabel('Stay signed in').check();
    await signIn(page, story.world());
    await page.getByRole('heading', { name: /1 change waits/ }).waitFor();
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.getByText('The server cannot be reached').first().waitFor();
    await page.getByRole('heading', { name: /1 change waits/ }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.unroute('**/api/v1/**');
    await page.getByText('The server cannot be reached').first().waitFor({ state: 'detached' });
    await page.route('**/api/v1/**', (route) =>
      route.fulfill({ status: 503, json: { success: false, error: 'x' } }),
    );
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'This could not be loaded' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: /1 change waits/ }).waitFor();
  });

  it('takes no single key while somebody types, nor when they are switched off', async () => {
    const page = await story.openSignedIn();
    await page.getByRole('heading', { level: 1, name: 'Nothing has been synced yet.' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('gr?');
    expect(await page.getByRole('searchbox').inputValue()).toBe('gr?');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('button', { name: 'Keyboard' }).click();
    await page.getByLabel('Single keys are on').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    // The focus is back on what opened the dialog.
    expect(await page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe('Keyboard');
    await page.keyboard.type('gr');
    expect(new URL(page.url()).hash).toBe('');
  });
});
