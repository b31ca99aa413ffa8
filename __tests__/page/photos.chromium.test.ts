import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { PAGE_PEOPLE, toPageDn, type PagePerson } from '../../dev/page-people.js';
import { describePage, findBarriers, usePageStory } from '../setup/page-story.js';

const [ADA, , LINUS, , TOMAS] = PAGE_PEOPLE;
const HUES = ['#c33', '#36c', '#393'] as const;

const paint = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 256, height: 256, channels: 3, background } })
    .jpeg()
    .toBuffer();

describePage('photos on the page', () => {
  const story = usePageStory();

  const change = (person: PagePerson | undefined, photo: Buffer | undefined): void => {
    if (!person) throw new Error('There is nobody.');
    const value = photo ? `replace: jpegPhoto\njpegPhoto:: ${photo.toString('base64')}` : 'delete: jpegPhoto';
    story.world().slapd.modify(`dn: ${toPageDn(person)}\nchangetype: modify\n${value}\n`);
  };
  const set = (id: string, value: unknown): Promise<unknown> =>
    story
      .database()
      .connection.collection('rocketchat_settings')
      .updateOne({ _id: id as never }, { $set: { value } }, { upsert: true });
  const preview = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Preview' }).click();
    const code = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await code.getByRole('textbox').fill(story.world().administrator.password);
    await code.getByRole('button', { name: 'Confirm' }).click();
  };
  /** The colour in the middle of each picture of a row, as the browser has it. */
  const hues = (page: Page, row: string): Promise<unknown> =>
    page.evaluate(`[...document.querySelectorAll(${JSON.stringify(row)} + ' .picture img')].map((image) => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0, 1, 1);
      const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
      return red > green && red > blue ? 'red' : blue > green ? 'blue' : 'green';
    })`);

  it('stand side by side while a change is previewed, and are described once it is done', async () => {
    const [red, blue] = await Promise.all([paint(HUES[0]), paint(HUES[1])]);
    await set('LDAP_Background_Sync_Avatars', true);
    change(ADA, red);
    await story.world().server.ldapSync.sync();
    change(ADA, blue);
    const page = await story.openSignedIn();
    await preview(page);
    const row = page.getByRole('row', { name: /^Ada Lovelace @ada.lovelace/ });
    await row.scrollIntoViewIfNeeded();
    await row.getByAltText('Picture in the chat').waitFor();
    await row.getByAltText('Photo in the directory').waitFor();
    expect(await hues(page, '.changes')).toEqual(['red', 'blue']);
    expect(await findBarriers(page)).toEqual([]);
    await page.screenshot({ path: join(tmpdir(), 'photos-run.png') });
    const { _id } = await story.world().server.ldapSync.sync();
    await page.evaluate(`location.hash = '#/runs/${_id}'`);
    await row
      .getByText(/^photo [0-9a-f]{8}$/)
      .first()
      .waitFor();
    expect(await page.locator('.picture').count()).toBe(0);
  });

  it('is described where the picture cannot be had', async () => {
    const red = await paint(HUES[0]);
    await set('LDAP_Background_Sync_Avatars', true);
    change(LINUS, red);
    const page = await story.openSignedIn();
    await page.route('**/ldap.photo?**', (route) =>
      route.fulfill({ status: 400, json: { success: false, error: 'x' } }),
    );
    await page.getByRole('heading', { level: 1 }).waitFor();
    await preview(page);
    const row = page.getByRole('row', { name: /^Linus Berg/ });
    const asked = page.waitForResponse(/ldap\.photo/);
    await row.scrollIntoViewIfNeeded();
    await asked;
    await row.getByText(/^photo [0-9a-f]{8}$/).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await row.getByRole('img').count()).toBe(0);
  });

  it('is shown of who would lose it, in a list that waits, and of a person who is explained', async () => {
    const [red, green] = await Promise.all([paint(HUES[0]), paint(HUES[2])]);
    await set('LDAP_Background_Sync_Avatars', true);
    await set('LDAP_Guard_Always_Allowed', 1);
    await set('LDAP_Guard_Photos_Maximum', 1);
    change(ADA, red);
    change(LINUS, red);
    change(TOMAS, green);
    await story.world().server.ldapSync.sync();
    change(ADA, undefined);
    change(LINUS, undefined);
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/held' });
    const group = page.getByRole('region', { name: 'Would lose the photo' });
    await group.getByRole('row').last().scrollIntoViewIfNeeded();
    await group.getByAltText('Picture in the chat').nth(1).waitFor();
    expect(await hues(page, '.held-group')).toEqual(['red', 'red']);
    expect(await findBarriers(page)).toEqual([]);
    await page.screenshot({ path: join(tmpdir(), 'photos-held.png') });
    await page.evaluate(`location.hash = '#/person?username=tomas.novak'`);
    await page.getByRole('main').getByAltText('Picture in the chat').waitFor();
    await page.getByRole('main').getByAltText('Photo in the directory').waitFor();
    expect(await hues(page, '.steps')).toEqual(['green', 'green']);
    expect(await findBarriers(page)).toEqual([]);
    await page.screenshot({ path: join(tmpdir(), 'photos-person.png') });
  });
});
