import { confirm, describePage, findBarriers, signIn, usePageStory } from '../setup/page-story.js';

describePage('a sign-in that ends while settings are typed', () => {
  const story = usePageStory();
  const users = () => story.database().connection.collection('users');
  const OTHER = { _id: 'otherAdmin0000001' as never, username: 'other' };

  /** A page on which a draft was begun, and whose sign-in has ended when it wanted to test it. */
  async function openEnded() {
    const page = await story.openSignedIn({ hash: '#/settings/connection' });
    await page.getByRole('textbox', { name: 'Directory server' }).fill('ldap.example.org');
    await users().updateMany({}, { $set: { 'services.resume.loginTokens': [] } });
    await page.getByRole('button', { name: 'Test these values' }).click();
    await page.getByText('Your sign-in has ended.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    return page;
  }

  it('leaves the draft to who signs in again, who goes on with it', async () => {
    const { administrator } = story.world();
    const page = await openEnded();
    await signIn(page, { administrator });
    await page.getByText('Your sign-in has ended.').waitFor({ state: 'detached' });
    const field = page.getByRole('textbox', { name: 'Directory server' });
    expect(await field.inputValue()).toBe('ldap.example.org');
    await field.fill('127.0.0.1');
    await page.getByRole('button', { name: 'Test these values' }).click();
    await confirm(page, administrator.password);
    await page.getByRole('heading', { name: /^It works/ }).waitFor();
  });

  it('leaves nothing of the draft to somebody else who signs in', async () => {
    const { administrator } = story.world();
    const admin = await users().findOne({ username: administrator.username });
    await users().insertOne({ ...admin, ...OTHER, emails: [] });
    const page = await openEnded();
    await signIn(page, { administrator: { ...administrator, username: OTHER.username } });
    await page.getByText('Your sign-in has ended.').waitFor({ state: 'detached' });
    const field = page.getByRole('textbox', { name: 'Directory server' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('127.0.0.1');
  });
});
