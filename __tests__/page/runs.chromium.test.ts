import { readFileSync } from 'node:fs';
import { toPageEntry, type PagePerson } from '../../dev/page-people.js';
import { silentLogger } from '../../lib/logger.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { confirm, describePage, findBarriers, usePageStory } from '../setup/page-story.js';

const NEWCOMERS = 900;

describePage('runs on the page', () => {
  const story = usePageStory();

  function hire(count: number): void {
    const people = Array.from({ length: count }, (_, index): PagePerson => {
      const uid = `new${index}`;
      return { uid, name: `Newcomer ${index}`, unit: 'Sales', mail: `${uid}@example.org` };
    });
    story
      .world()
      .slapd.modify(
        people.map((one) => `${toPageEntry(one).replace('\n', '\nchangetype: add\n')}\n`).join('\n'),
      );
  }

  it('are started with a second factor and watched live, without the page being loaded anew', async () => {
    hire(NEWCOMERS);
    const page = await story.openSignedIn();
    await page.getByRole('heading', { name: 'Nothing has been synced yet.' }).waitFor();
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('ldap.runEvents')) streams.push(request.url());
    });
    await page.getByRole('button', { name: 'Sync now' }).click();
    await confirm(page, story.world().administrator.password);
    await page.getByRole('region', { name: 'Going now' }).waitFor();
    await page.getByRole('heading', { name: /change waits|in step since/i }).waitFor();
    expect(streams.length).toBeGreaterThan(0);
    expect((await page.getByText('900').count()) + (await page.getByText('950').count())).toBeGreaterThan(0);
  });

  it('say on which host they are and in which phase, which a screen reader is told when it changes, and no number', async () => {
    const { connection } = story.database();
    const runs = createRunLog({ connection, clock: () => new Date(), logger: silentLogger, host: 'chat-1' });
    const { active: run } = await runs.start({ kind: 'sync', requestedBy: { _id: 'system' } });
    await run?.enter('groups');
    const page = await story.openSignedIn();
    const card = page.getByRole('region', { name: 'Going now' });
    await card.getByText('reading groups · on chat-1').waitFor();
    const told = page.getByRole('status').filter({ hasText: 'A Sync is going' });
    await told.filter({ hasText: 'A Sync is going: reading groups.' }).waitFor({ state: 'attached' });
    run?.tally.read(41);
    await run?.enter('sweep');
    await card.getByText('reading people, writing what adds or corrects · on chat-1').waitFor();
    await card.getByText('41').waitFor();
    await told.filter({ hasText: /going: reading people/ }).waitFor({ state: 'attached' });
    expect(await told.textContent()).not.toContain('41');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByText('Personen lesen, Neues und Berichtigtes schreiben · auf chat-1').waitFor();
    await page.goto(`${story.world().pageUrl}#/schedule`);
    await page.getByRole('region', { name: 'Rechner' }).getByText('auf chat-1').waitFor();
    await page.goto(`${story.world().pageUrl}#/runs/${run?.id}`);
    await page.getByRole('term').filter({ hasText: 'Jetzt' }).waitFor();
    await page.getByRole('definition').filter({ hasText: 'chat-1' }).waitFor();
    await run?.finish({ state: 'failed' });
    await page.getByRole('term').filter({ hasText: 'Zuletzt gesehen' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('are previewed, and the preview is opened', async () => {
    const page = await story.openSignedIn();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, story.world().administrator.password);
    await page.getByRole('heading', { level: 1, name: /^Preview of/ }).waitFor();
    await page.getByRole('cell', { name: 'would be created' }).first().waitFor();
    await page.getByText('Nothing was written: this is a preview.').waitFor();
    await page
      .getByRole('region', { name: 'What comes next' })
      .getByRole('button', { name: 'Sync now' })
      .waitFor();
    await expect(story.database().connection.collection('users').countDocuments()).resolves.toBe(2);
  });

  it('say who was rejected as rejected, and tell nobody any more to approve', async () => {
    const runId = await story.hold();
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('button', { name: 'Reject all 18' }).click();
    await page.getByRole('dialog').getByLabel('Type 18 to confirm').fill('18');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await confirm(page, story.world().administrator.password);
    await page.getByRole('heading', { name: 'The list is decided.' }).waitFor();
    await page.goto(`${story.world().pageUrl}#/runs/${runId}`);
    const result = page.getByRole('cell', { name: 'would be switched off rejected by an administrator' });
    await result.first().waitFor();
    expect(await page.getByText('approve it').count()).toBe(0);
    await page.getByRole('link', { name: 'All runs' }).click();
    const row = page.getByRole('row', { name: /held Rejected/ });
    await row.waitFor();
    expect(await row.getByRole('cell').nth(-2).textContent()).toBe('0');
  });

  it('show people old and new, are searched, filtered, and saved as a file', async () => {
    const runId = await story.hold();
    const page = await story.openSignedIn({ hash: `#/runs/${runId}` });
    await page.getByLabel('Name, DN, id or value').fill('knuth');
    await page.getByRole('rowheader', { name: 'Donald Knuth' }).waitFor();
    await page.getByRole('rowheader', { name: 'Frances Allen' }).waitFor({ state: 'detached' });
    await page.getByLabel('Outcome').selectOption('created');
    await page.getByRole('heading', { name: 'Nobody matches.' }).waitFor();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByRole('rowheader', { name: 'Frances Allen' }).waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const text = readFileSync(await (await saving).path(), 'utf8');
    expect(text).toMatch(/^\ufeffusername,name,dn/);
    expect(text).toContain('"donald.knuth","Donald Knuth"');
  });

  it('show a hostile name as text, with its hidden signs as marks', async () => {
    await story.world().server.ldapSync.sync();
    const page = await story.openSignedIn({ hash: '#/person?username=mallory' });
    const subject = page.getByRole('heading', { level: 2, name: /Mallory/ });
    await subject.waitFor();
    expect(await subject.textContent()).toMatch(/<img src=x onerror=alert\(1\)>/);
    expect(await page.locator('img').count()).toBe(0);
  });
});
