import { settingsChangeCollection } from '../../models/settings-change.js';
import { confirm, describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';

describePage('what comes after a held list', () => {
  const story = usePageStory();
  const password = (): string => story.world().administrator.password;

  it('is no good end once it is rejected: Health says what the next sync does, and leads to the change', async () => {
    await story.hold();
    await settingsChangeCollection(story.database().connection).insertOne({
      _id: 'changeOfTheFilter',
      number: 1,
      at: new Date(),
      by: { _id: 'somebody', username: 'somebody' },
      changes: [{ setting: 'LDAP_User_Search_Filter', from: '(uid=*)', to: '(uid=a*)' }],
    });
    const page = await story.openSignedIn({ hash: '#/held' });
    await page.getByRole('button', { name: 'Reject all 18' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject 18 changes?' });
    await dialog.getByLabel('Type 18 to confirm').fill('18');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await confirm(page, password());
    await page.getByRole('heading', { name: 'The list is decided.' }).waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'The list of the last sync was rejected.' }).waitFor();
    await page.getByText('(uid=a*)').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go back to before a change' }).click();
    await page.getByRole('heading', { name: 'Who changed what' }).waitFor();
  });

  it('is not to be decided about when a preview has shown it: a sync does it', async () => {
    await story.hold();
    const page = await story.openSignedIn();
    await page.getByRole('button', { name: 'Preview' }).click();
    await confirm(page, password());
    await page.getByRole('heading', { level: 1, name: /^Preview of/ }).waitFor();
    await page.getByRole('link', { name: 'Look at the list' }).click();
    await page.getByRole('heading', { name: 'A sync would hold 18 changes for a decision' }).waitFor();
    await page.getByRole('rowheader', { name: LEAVERS[0]?.name }).waitFor();
    await page.getByText('Nothing was written: this is a preview.').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Approve|Reject/ }).count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await confirm(page, password());
    await page.getByRole('heading', { level: 1, name: /^Sync of/ }).waitFor();
  });
});
