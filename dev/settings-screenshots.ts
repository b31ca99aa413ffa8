/**
 * Writes pictures of Settings, and of Schedule and hosts, in both schemes to `docs/screenshots`. Part of
 * `npm run screenshots`; needs slapd and Chromium.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { silentLogger } from '../lib/logger.js';
import { findChromium } from './chromium.js';
import { connectToMongo } from './mongo-connection.js';
import { toDatabaseUrl } from './mongo-url.js';
import { startMongo } from './mongodb.js';
import { ensurePage } from './page-build.js';
import { findPageLack } from './page-lack.js';
import { PAGE_PEOPLE, toPageDn } from './page-people.js';
import { startPageWorld, type PageWorld } from './page-world.js';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');
const SCHEMES = ['light', 'dark'] as const;
const VIEWPORT = { width: 1200, height: 820 };
const NARROW = '(&(objectClass=inetOrgPerson)(!(employeeType=left))(!(ou=Sales)))';

async function enter(page: Page, { administrator, pageUrl }: PageWorld): Promise<void> {
  await page.goto(pageUrl);
  await page.getByLabel('User name or mail').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('How it stands').waitFor();
}

async function takePictures(browser: Browser, world: PageWorld): Promise<void> {
  for (const scheme of SCHEMES) {
    const page = await browser.newPage({ colorScheme: scheme, locale: 'en', viewport: VIEWPORT });
    const take = (name: string) => page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`) });
    const go = (hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    const confirm = async (): Promise<void> => {
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await dialog.getByRole('textbox').fill(world.administrator.password);
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.waitFor({ state: 'hidden' });
    };
    await enter(page, world);
    await go('#/settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.getByRole('button', { name: 'Test everything' }).click();
    await confirm();
    await page.getByText('It works').first().waitFor();
    await page.getByRole('link', { name: 'Mapping' }).click();
    await page
      .getByRole('cell', { name: /of \d+/ })
      .first()
      .waitFor();
    await take('settings-test');
    await page.getByRole('link', { name: /^People/ }).click();
    await page.getByRole('textbox', { name: 'Who is synced' }).fill(NARROW);
    await take('settings');
    await page.getByRole('link', { name: 'See what they would do' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm();
    await page.getByRole('rowheader').first().waitFor();
    await take('settings-preview');
    await page.getByRole('button', { name: 'Discard all' }).click();
    await go('#/settings/suggest');
    await page.getByRole('button', { name: 'Look at the directory' }).click();
    await confirm();
    await page.getByRole('rowheader').first().waitFor();
    await take('settings-suggest');
    await go('#/schedule');
    await page.getByRole('heading', { name: 'Sync of people' }).waitFor();
    await take('schedule');
    await page.close();
  }
}

const lack = findPageLack();
if (lack !== undefined) throw new Error(lack);
await ensurePage();
mkdirSync(FOLDER, { recursive: true });
const mongo = await startMongo();
const connection = await connectToMongo(toDatabaseUrl(mongo.url, 'chat'));
const world = await startPageWorld(connection, {
  logger: silentLogger,
  hasNamesake: false,
  settings: { LDAP_Sync_Time_Zone: 'Europe/Vienna', LDAP_Background_Sync_Interval: '30 2 * * *' },
});
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
try {
  for (const one of PAGE_PEOPLE.filter(({ unit }) => unit === 'Sales'))
    world.slapd.modify(`dn: ${toPageDn(one)}\nchangetype: modify\nadd: ou\nou: Sales\n`);
  await world.server.ldapSync.sync();
  await takePictures(browser, world);
} finally {
  await browser.close();
  await world.stop();
  await connection.close();
  await mongo.stop();
}
