import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describePage, findBarriers, LEAVERS, usePageStory } from '../setup/page-story.js';

const [, FIRST, SECOND] = LEAVERS;

describePage('what is known of the people of a list', () => {
  const story = usePageStory();

  it('stands beside each: administrator, roles, rooms owned and last sign-in, on Held and in the report', async () => {
    const runId = await story.hold();
    const { connection } = story.database();
    const users = connection.collection('users');
    const lastLogin = new Date(Date.now() - 3.5 * 86_400_000);
    await connection
      .collection('rocketchat_roles')
      .insertOne({ _id: '6543ab' as never, name: 'Front desk \u202e<b>' });
    await users.updateOne(
      { username: FIRST?.uid ?? '' },
      { $set: { roles: ['user', 'admin', '6543ab'], lastLogin } },
    );
    const owner = await users.findOne({ username: FIRST?.uid ?? '' });
    await connection.collection('rocketchat_subscription').insertMany(
      [1, 2, 3].map((number) => ({
        _id: `owned${number}` as never,
        rid: `room${number}`,
        t: 'c',
        roles: ['owner'],
        u: { _id: owner?._id },
      })),
    );
    const page = await story.openSignedIn({ hash: '#/held' });
    const rowOf = (name = '') => page.getByRole('row', { name });
    await rowOf(FIRST?.name).getByText('administrator').waitFor();
    await rowOf(FIRST?.name).getByText('Front desk').waitFor();
    await rowOf(FIRST?.name).getByText('owner of 3 rooms').waitFor();
    await rowOf(FIRST?.name).getByText('last signed in 3 days ago').waitFor();
    await rowOf(SECOND?.name).getByText('never signed in').waitFor();
    expect(await rowOf(SECOND?.name).getByText('administrator').count()).toBe(0);
    await rowOf(FIRST?.name).scrollIntoViewIfNeeded();
    expect(await findBarriers(page)).toEqual([]);
    await page.screenshot({ path: join(tmpdir(), 'known.png') });
    await page.evaluate(`location.hash = '#/runs/${runId}'`);
    await rowOf(FIRST?.name).getByText('owner of 3 rooms').waitFor();
    await page.getByLabel('Language').selectOption('Deutsch');
    await rowOf(FIRST?.name).getByText('Eigentümer von 3 Räumen').waitFor();
    await rowOf(SECOND?.name).getByText('nie angemeldet').waitFor();
  });
});
