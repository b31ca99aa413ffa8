import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '../../dev/chromium.js';
import { findPageLack } from '../../dev/page-lack.js';
import { PAGE_PEOPLE, toLeaving, toRemoval } from '../../dev/page-people.js';
import { startPageWorld, type PageWorld } from '../../dev/page-world.js';
import { silentLogger } from '../../lib/logger.js';
import { describeWith } from './describe-with.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';
import { LOGIN_CODE, startPageHost } from './page-host.js';

/** So many that the guard holds it; the first leaves the filter, the others the directory. */
export const LEAVERS = PAGE_PEOPLE.slice(10, 27);

/** A suite that looks at the page in a real browser, with a real directory behind it. */
export function describePage(title: string, body: () => void): void {
  describeWith(findPageLack(), title, body);
}

export interface PageStory {
  world(): PageWorld;
  database(): TestDatabase;
  /** A page of its own; what it reports is checked at the end of the test. */
  open(options?: BrowserContextOptions & { readonly hash?: string }): Promise<Page>;
  /** A page on which the administrator has signed in. */
  openSignedIn(options?: BrowserContextOptions & { readonly hash?: string }): Promise<Page>;
  /** A sync, and then so many leave that the next one is held; the id of that. */
  hold(): Promise<string>;
}

/** For the suite it is called in: each test has a company of its own. */
export function usePageStory(openDatabase = openTestDatabase): PageStory {
  let browser: Browser;
  let database: TestDatabase;
  let world: PageWorld;
  let reports: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    reports = [];
    database = await openDatabase();
    world = await startPageWorld(database.connection, { logger: silentLogger, startHost: startPageHost });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await world.stop();
    await database.close();
    expect(reports).toEqual([]);
  });

  async function open({ hash = '', ...options }: Parameters<PageStory['open']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({
      locale: 'en',
      viewport: { width: 1200, height: 820 },
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', ({ message }) => reports.push(message));
    page.on('console', (message) => {
      const text = message.text();
      // A refused call is an error of the browser's, and a subject of some stories.
      if (message.type() === 'error' && !/Failed to load resource/.test(text)) reports.push(text);
    });
    await page.exposeFunction('reportViolation', (text: string) => void reports.push(text));
    await page.addInitScript({ content: REPORT_VIOLATIONS });
    await page.goto(`${world.pageUrl}${hash}`);
    return page;
  }

  return {
    world: () => world,
    database: () => database,
    open,
    async openSignedIn(options) {
      const page = await open(options);
      await signIn(page, world);
      return page;
    },
    async hold() {
      await world.server.ldapSync.sync();
      const [absent, ...gone] = LEAVERS;
      if (absent) world.slapd.modify(toLeaving(absent, true));
      world.slapd.modify(gone.map(toRemoval).join('\n'));
      return (await world.server.ldapSync.sync())._id;
    },
  };
}

const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  reportViolation(event.violatedDirective + ' ' + event.blockedURI));`;

export async function signIn(page: Page, { administrator }: Pick<PageWorld, 'administrator'>): Promise<void> {
  await page.getByLabel('User name or mail').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await confirm(page, LOGIN_CODE);
}

/** Answers the dialog of the second factor. */
export async function confirm(page: Page, code: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('textbox').fill(code);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** What axe finds, each with where. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
