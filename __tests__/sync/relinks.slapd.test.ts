import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const ADA = toPersonLdif('ada', { employeeNumber: '1001' });

describeWithSlapd('the same people under other ids, of a real directory', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost([ADA, toPersonLdif('bob', { employeeNumber: '1002' })]);
    expect(await host.admin.run('syncNow')).toMatchObject({ counts: { created: 2 } });
  });
  afterEach(() => host.close());

  const linkOf = async (username: string) =>
    ((await host.users().findOne({ username }))?.services as { ldap: { id: string; idAttribute: string } })
      .ldap;
  const toHex = (text: string) => Buffer.from(text).toString('hex');

  it('go on when another attribute comes first, forth and back, and are explained as such', async () => {
    const before = await linkOf('ada');
    await host.set({ LDAP_Unique_Identifier_Field: 'employeeNumber' });
    expect(await host.explain({ username: 'ada' })).toMatchObject({
      match: {
        rule: 'immutable-id',
        explanation: expect.stringContaining('by entryUUID, which the entry still has'),
      },
      changes: [{ kind: 'relink', state: 'waiting' }],
    });
    expect(await host.admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { updated: 2 } });
    expect(await linkOf('ada')).toEqual({ id: toHex('1001'), idAttribute: 'employeeNumber' });

    // A number can go to another person, but the user name agrees.
    await host.set({ LDAP_Unique_Identifier_Field: 'entryUUID,employeeNumber' });
    const back = await host.admin.run('syncNow');
    expect(back).toMatchObject({ state: 'completed', counts: { updated: 2, deactivated: 0 } });
    expect(await linkOf('ada')).toEqual(before);
    expect(await host.admin.run('syncNow')).toMatchObject({ counts: { unchanged: 2 } });
    expect(await host.admin.run('revertRun', { runId: back._id })).toMatchObject({ counts: { updated: 2 } });
    expect(await linkOf('ada')).toEqual({ id: toHex('1001'), idAttribute: 'employeeNumber' });
  });

  it('wait as a pair when the entry was deleted and made anew', async () => {
    const before = await linkOf('ada');
    host.slapd.modify(`dn: ${dnOf('ada')}\nchangetype: delete\n`);
    host.slapd.modify(`dn: ${dnOf('ada')}\nchangetype: add\n${ADA.split('\n').slice(1).join('\n')}\n`);
    const run = await host.admin.run('syncNow');
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', relinks: 1 },
      counts: { conflicted: 1, deactivated: 1 },
    });
    expect(await host.explain({ dn: dnOf('ada') })).toMatchObject({
      match: { rule: 'needs-decision', explanation: expect.stringContaining('waits for your decision') },
    });
    const rows = (await host.admin.changes(run._id)) as IdentifiedRow[];
    const { id } = rows.find(({ kind }) => kind === 'relink')!;
    expect(await host.admin.run('approveRun', { runId: run._id, rows: [id] })).toMatchObject({
      counts: { updated: 1 },
      attention: [{ code: 'relinked' }],
    });
    expect((await linkOf('ada')).id).not.toBe(before.id);
    expect(await host.users().findOne({ username: 'ada' })).toMatchObject({ active: true });
    expect(await host.admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { unchanged: 2 } });
  });
});
