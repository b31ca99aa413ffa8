import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { PAGE_PEOPLE, toRemoval } from '../../dev/page-people.js';
import { confirm, describePage, findBarriers, usePageStory } from '../setup/page-story.js';

const DAY_MS = 86_400_000;

describePage('Health behind many syncs of single people', () => {
  const story = usePageStory();

  it('is told by the last sync of everybody', async () => {
    const { _id, ...report } = await story.world().server.ldapSync.sync();
    const runs = story.database().connection.collection('ldap_sync_runs');
    await runs.updateOne({ _id: _id as never }, { $set: { state: 'completed' }, $unset: { held: '' } });
    const later = Array.from({ length: 31 }, (_, index) => ({
      ...report,
      _id: `later${String(index).padStart(12, '0')}` as never,
      kind: 'person-sync',
      state: 'failed',
      asked: { by: 'username', text: 'nobody' },
      startedAt: new Date(report.startedAt.getTime() + 60_000 + index),
      counts: { ...report.counts, read: 0 },
    }));
    await runs.insertMany(later);
    const page = await story.openSignedIn();
    await page.getByRole('heading', { level: 1, name: /^In step since / }).waitFor();
    const facts = page.getByRole('region', { name: 'How it stands' });
    await facts.getByText(String(report.counts.read), { exact: true }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

describePage('the sentence of Health', () => {
  const story = usePageStory();

  it('leads step by step to the first sync, says nothing of whom that would need, and then leaves out who is in conflict', async () => {
    const grace = PAGE_PEOPLE.find(({ uid }) => uid === 'grace.hopper');
    if (!grace) throw new Error('There is no Grace.');
    story.world().slapd.modify(toRemoval(grace));
    const page = await story.openSignedIn();
    const step = page.locator('[aria-current=step]');
    await step.getByRole('heading', { name: 'Look at a preview' }).waitFor();
    expect(await page.getByRole('button', { name: 'Preview' }).getAttribute('class')).toBe('primary');
    await page.getByRole('link', { name: 'Say where the directory is' }).waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, story.world().administrator.password);
    await page.getByRole('heading', { level: 1, name: /^Preview of/ }).waitFor();
    await page.getByText('Nothing was written: this is a preview.').waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Nothing has been synced yet.' }).waitFor();
    await step.getByRole('heading', { name: 'Sync' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sync now' }).getAttribute('class')).toBe('primary');
    await page.getByRole('link', { name: 'Look at a preview' }).waitFor();
    await page.getByText('No sync has said yet what needs you').waitFor({ state: 'attached' });
    expect(await page.getByText('No person is in conflict').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await story.world().server.ldapSync.sync();
    await page.getByRole('heading', { name: /^In step since .*, except [12] (person|people)\.$/ }).waitFor();
  });
});

describePage('the certificate of the directory on Health', () => {
  const story = usePageStory();

  /** The last sync was shown one that ends in so many days, and a rest. */
  async function end(days: number): Promise<void> {
    const { connection } = story.database();
    const certificate = {
      subject: 'Company authority',
      validTo: new Date(Date.now() + (days + 0.5) * DAY_MS),
    };
    await connection
      .collection('rocketchat_settings')
      .updateOne({ _id: 'LDAP_Encryption' as never }, { $set: { value: 'ssl' } }, { upsert: true });
    await connection
      .collection('ldap_sync_runs')
      .updateMany({ server: { $exists: true } }, { $set: { 'server.certificate': certificate } });
  }

  it('is told with the days that are left, and is no problem while these are many', async () => {
    await story.world().server.ldapSync.sync();
    await end(200);
    const page = await story.openSignedIn();
    await page.getByText('valid for 200 days').waitFor();
    await page.getByText('Company authority').waitFor();
    expect(await page.getByText(/ends in \d+ days/).count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('is among what needs a human when it ends soon, with what to do, in the language of the reader', async () => {
    await story.world().server.ldapSync.sync();
    await end(9);
    const page = await story.openSignedIn();
    await page.getByText('valid for 9 days').waitFor();
    const list = page.getByRole('region', { name: /a human/ }).getByRole('listitem');
    await list.filter({ hasText: /Company authority, which 127.0.0.1 shows, ends in 9 days/ }).waitFor();
    await page.screenshot({ path: join(tmpdir(), 'certificate.png') });
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Language').selectOption('Deutsch');
    await page
      .getByText(/Das Zertifikat Company authority, das 127.0.0.1 zeigt, endet am .*; Tage bis dahin: 9/)
      .waitFor();
    await page.getByText('noch 9 Tage gültig').waitFor();
  });
});
