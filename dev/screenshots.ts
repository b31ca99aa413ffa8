/**
 * Writes a picture of every screen in both schemes to `docs/screenshots`, from a company of its own. Called
 * `npm run screenshots`; needs slapd and Chromium.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { chromium, type Browser, type Page } from 'playwright-core';
import { silentLogger } from '../lib/logger.js';
import { findChromium } from './chromium.js';
import { connectToMongo } from './mongo-connection.js';
import { toDatabaseUrl } from './mongo-url.js';
import { startMongo } from './mongodb.js';
import { ensurePage } from './page-build.js';
import { findPageLack } from './page-lack.js';
import { PAGE_PEOPLE, toPageDn, toPageEntry, toRemoval, type PagePerson } from './page-people.js';
import { seedNamesake, startPageWorld, type PageWorld } from './page-world.js';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');
const SCHEMES = ['light', 'dark'] as const;
const VIEWPORT = { width: 1200, height: 820 };

const NEWCOMER: PagePerson = {
  uid: 'grace.brewster',
  name: 'Grace Brewster',
  unit: 'Operations',
  mail: 'grace.brewster@example.org',
};

/** A few days of a company: people come, one marries, a whole department goes missing. */
async function live({ slapd, server }: PageWorld, connection: Connection): Promise<string> {
  const { ldapSync } = server;
  await ldapSync.sync();
  for (let day = 0; day < 6; day += 1) await ldapSync.sync();
  await useChat(connection);
  const ada = toPageDn({ uid: 'ada.lovelace', unit: 'Engineering' });
  slapd.modify(
    `dn: ${ada}\nchangetype: modify\nreplace: displayName\ndisplayName: Ada King\n-\n` +
      'replace: mail\nmail: ada.king@example.org\n',
  );
  const missing = PAGE_PEOPLE.filter(({ unit, uid }) => unit === 'Research' && uid !== 'ada.two');
  slapd.modify(missing.map(toRemoval).join('\n'));
  slapd.modify(`${toPageEntry(NEWCOMER).replace('\n', '\nchangetype: add\n')}\n`);
  await seedNamesake(connection, NEWCOMER.mail ?? '');
  return (await ldapSync.sync())._id;
}

/** Most have signed in, and somebody who goes missing has more to lose than the others. */
async function useChat(connection: Connection): Promise<void> {
  const users = connection.collection('users');
  const lastLogin = new Date(Date.now() - 3 * 86_400_000);
  await users.updateMany({ username: { $ne: 'donald.knuth' } }, { $set: { lastLogin } });
  await users.updateOne(
    { username: 'alan.turing' },
    { $set: { roles: ['user', 'admin', 'livechat-agent'] } },
  );
}

async function signIn(page: Page, { administrator, pageUrl }: PageWorld): Promise<void> {
  await page.goto(pageUrl);
  await page.getByLabel('User name or mail').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
}

async function takePictures(browser: Browser, world: PageWorld, heldRun: string): Promise<void> {
  for (const scheme of SCHEMES) {
    const page = await browser.newPage({ colorScheme: scheme, locale: 'en', viewport: VIEWPORT });
    const take = (name: string) => page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`) });
    const show = async (hash: string, heading: RegExp): Promise<void> => {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await page.waitForLoadState('networkidle');
    };
    await signIn(page, world);
    await take('sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await show('#/', /changes wait/);
    await page.getByText('How it stands').waitFor();
    await take('health');
    await show('#/runs', /^Runs$/);
    await page.getByRole('row').nth(1).waitFor();
    await take('runs');
    await show(`#/runs/${heldRun}`, /^Person by person/);
    await page.getByRole('rowheader').first().waitFor();
    await take('run');
    await show('#/held', /wait for a decision/);
    await page.getByRole('checkbox').nth(2).check();
    await page.getByRole('checkbox').nth(3).check();
    await take('held');
    await page.getByRole('button', { name: 'Approve 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    await take('second-factor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await show('#/person?username=ada.lovelace', /^Field by field/);
    await take('person');
    await page.close();
  }
}

const lack = findPageLack();
if (lack !== undefined) throw new Error(lack);
await ensurePage();
mkdirSync(FOLDER, { recursive: true });
const mongo = await startMongo();
const connection = await connectToMongo(toDatabaseUrl(mongo.url, 'chat'));
const world = await startPageWorld(connection, { logger: silentLogger, hasNamesake: false });
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
try {
  await takePictures(browser, world, await live(world, connection));
} finally {
  await browser.close();
  await world.stop();
  await connection.close();
  await mongo.stop();
}
