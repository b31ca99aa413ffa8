import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

describeWithSlapd('the name of somebody who has left a real directory', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost(
      ['ada', 'bob', 'eve', 'joe'].map((uid) => toPersonLdif(uid)),
      { LDAP_Free_Names_Of_Departed: true, LDAP_Search_Page_Size: 2 },
    );
  });
  afterEach(() => host.close());

  it('goes to a newcomer after an approval, and back by a revert', async () => {
    const { admin, slapd, users } = host;
    await admin.run('syncNow');
    host.leave('ada');
    expect((await admin.run('syncNow')).counts.deactivated).toBe(1);
    // The same name, another entry: the server gives it another id.
    slapd.modify(toPersonLdif('ada', { cn: 'Ada the second' }).replace('\n', '\nchangetype: add\n') + '\n');
    const held = await admin.run('syncNow');
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', releases: 1 },
      attention: [{ code: 'names-belong-to-departed', params: { release: 'waiting' } }],
    });
    const { match } = await host.explain({ dn: dnOf('ada') });
    expect(match).toMatchObject({
      rule: 'conflict',
      explanation: expect.stringMatching(/belong to another account.*The other account is switched off/),
    });
    const { body: status } = await admin.get('status');
    expect(status).toMatchObject({ held: { runId: held._id, releases: 1 } });
    const approval = await admin.run('approveRun', { runId: held._id });
    expect(approval).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await users().findOne({ username: 'ada.left' })).toMatchObject({ active: false });
    expect(await admin.run('revertRun', { runId: approval._id })).toMatchObject({ counts: { updated: 1 } });
    expect(await users().findOne({ username: 'ada' })).toMatchObject({ active: false });

    const again = await admin.run('syncNow');
    await admin.run('approveRun', { runId: again._id });
    expect(await admin.run('syncNow')).toMatchObject({ state: 'completed', counts: { created: 1 } });
    expect(await users().findOne({ username: 'ada' })).toMatchObject({
      active: true,
      name: 'Ada the second',
    });
    expect(await users().findOne({ username: 'ada.left' })).toMatchObject({ active: false });
  });
});
