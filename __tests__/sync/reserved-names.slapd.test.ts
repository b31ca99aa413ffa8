import { createAdminClient } from '../setup/admin-client.js';
import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('reserved user names of a real directory', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost(
      ['ada', 'boss', 'grace', 'here'].map((uid) => toPersonLdif(uid)),
      {
        Accounts_BlockedUsernameList: 'BOSS, root',
      },
    );
  });
  afterEach(() => host.close());

  it('are given to no newcomer, and to nobody who is renamed; the reasons are told', async () => {
    const first = await createAdminClient(host.app).run('syncNow');
    expect(first).toMatchObject({
      state: 'completed',
      counts: { created: 2, rejected: 2 },
      attention: [
        { code: 'username-reserved', params: { username: 'boss', by: 'Accounts_BlockedUsernameList' } },
        { code: 'username-reserved', params: { username: 'here', by: 'mentions' } },
      ],
    });
    await host.database.connection.collection('rocketchat_team').insertOne({ name: 'Sales' });
    host.rename('grace', 'sales');
    expect(await createAdminClient(host.app).run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { conflicted: 1, unchanged: 1 },
      attention: expect.arrayContaining([
        expect.objectContaining({ username: 'grace', params: { username: 'sales', by: 'teams' } }),
      ]),
    });
    expect(await host.users().findOne({ username: 'grace' })).not.toBeNull();
    const { fields } = await host.explain({ username: 'grace' });
    expect(fields.find(({ field }) => field === 'username')).toMatchObject({
      value: 'sales',
      note: expect.stringContaining('A team is called sales'),
    });
    const { match } = await host.explain({ dn: dnOf('boss') });
    expect(match).toMatchObject({
      rule: 'not-synced',
      explanation: expect.stringContaining('Accounts_BlockedUsernameList'),
    });
  });
});
