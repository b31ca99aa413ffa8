import { createHash } from 'node:crypto';
import sharp from 'sharp';
import request from 'supertest';
import { toAllowedEntry, toShownEntry } from '../../lib/explain/show-entry.js';
import { toEntry, MAPPING } from '../setup/entries.js';
import { AUTH_HEADERS, sha256Hex } from '../setup/host.js';
import { SUFFIX, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { dnOf, openExplainHost, type ExplainHost } from './explain-host.js';

describe('what is shown of an entry', () => {
  const show = (attributes: Parameters<typeof toEntry>[1], mapping = MAPPING) =>
    toShownEntry(toAllowedEntry(toEntry('uid=ada,dc=x', attributes), mapping), mapping);

  it('is what a sync asks for, whatever the server sends: no password, no attribute that nobody mapped', () => {
    const mapping = {
      ...MAPPING,
      name: { kind: 'first', attributes: ['userPassword', 'userPassword;x', 'unicodePwd', 'cn'] } as const,
    };
    const secrets = {
      userPassword: 's3cret',
      'userPassword;x': 's3cret',
      unicodePwd: 's3cret',
      description: 's3cret',
    };
    expect(show({ uid: 'ada', cn: 'Ada', ...secrets }, mapping).attributes).toEqual([
      { name: 'uid', values: ['ada'] },
      { name: 'cn', values: ['Ada'] },
    ]);
  });

  it('keeps an attribute called __proto__ or constructor harmless', () => {
    const mapping = {
      ...MAPPING,
      name: { kind: 'first', attributes: ['__proto__', 'constructor'] } as const,
    };
    const shown = show(
      Object.fromEntries([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
      mapping,
    );
    expect(JSON.parse(JSON.stringify(shown)).attributes).toEqual([
      { name: '__proto__', values: ['a'] },
      { name: 'constructor', values: ['b'] },
    ]);
    expect(({} as Record<string, unknown>).values).toBeUndefined();
  });

  it(
    'is text where it is text, hex where it is not, a digest where it is long, and never more than fifty ' +
      'values',
    () => {
      const long = 'x'.repeat(1_025);
      const { attributes } = show({
        uid: ['x'.repeat(1_024), long],
        cn: [Buffer.from([0xff, 0]), 'a\u0000b'],
        mail: Array.from({ length: 53 }, (_, index) => `${index}@x.org`),
      });
      expect(attributes[0]).toEqual({
        name: 'uid',
        values: ['x'.repeat(1_024), { sha256: sha256Hex(long), bytes: 1_025 }],
      });
      expect(attributes.find(({ name }) => name === 'cn')?.values).toEqual([
        { hex: 'ff00' },
        { hex: '610062' },
      ]);
      const mail = attributes.find(({ name }) => name === 'mail');
      expect([mail?.values.length, mail?.omitted]).toEqual([50, 3]);
    },
  );
});

describeWithSlapd('an explanation survives', () => {
  let host: ExplainHost;
  afterEach(() => host.close());

  it('values that are bytes, and a photo of 5 MB, of which only the digest is told', async () => {
    const photo = await sharp(
      Buffer.from(Array.from({ length: 1_350 * 1_350 * 3 }, () => Math.floor(Math.random() * 256))),
      { raw: { width: 1_350, height: 1_350, channels: 3 } },
    )
      .png()
      .toBuffer();
    expect(photo.length).toBeGreaterThan(5_000_000);
    host = await openExplainHost(
      [toPersonLdif('ada', { jpegPhoto: photo, displayName: 'A', userPassword: 'hunter2' })],
      {
        LDAP_Background_Sync_Avatars: true,
        LDAP_Name_Field: 'cn,jpegPhoto',
      },
    );
    const { text, body } = await host.admin.get('explainUser', { username: 'ada' });
    const sha256 = createHash('sha256').update(photo).digest('hex');
    expect(text.length).toBeLessThan(10_000);
    expect(text).not.toMatch(/hunter2|userPassword|root-secret|cn=admin/i);
    expect(body.entry.attributes).toContainEqual({
      name: 'jpegPhoto',
      values: [{ sha256, bytes: photo.length }],
    });
    expect(body.fields.at(-1)).toMatchObject({
      field: 'photo',
      value: { sha256, bytes: photo.length },
      note: 'It becomes the picture.',
    });
    expect(body.changes[0].fields).toContainEqual({ field: 'photo', to: sha256 });
  });

  it('a photo that cannot be decoded: it is no planned change, and the reason is told', async () => {
    host = await openExplainHost([toPersonLdif('ada', { jpegPhoto: Buffer.from('no picture') })], {
      LDAP_Background_Sync_Avatars: true,
    });
    const body = await host.explain({ username: 'ada' });
    expect(body.fields.at(-1)?.note).toContain('JPEG');
    expect(body.changes[0]?.fields.map(({ field }) => field)).not.toContain('photo');
    await host.admin.run('syncNow');
    expect((await host.explain({ username: 'ada' })).changes).toEqual([]);
  });

  it('names that look like filters: they match nobody', async () => {
    host = await openExplainHost(toPeople(3));
    for (const query of [
      { username: '*)(uid=*' },
      { username: '*' },
      { email: '*@*' },
      { email: '\\2a' },
      { id: '2a' },
      { username: 'person0)(objectClass=*' },
      { username: '__proto__' },
    ]) {
      const { status, body } = await host.admin.get('explainUser', query);
      expect([query, status, body]).toEqual([query, 400, { success: false, error: 'User not found' }]);
    }
  });

  it('operators, lists, absurd lengths, none and several parameters: each is refused', async () => {
    host = await openExplainHost(toPeople(1));
    const long = 'x'.repeat(257);
    for (const query of [
      '',
      'username[$ne]=x',
      'username=person0&username=person1',
      'username=',
      'username=%20',
      'username=a%00b',
      `username=${long}`,
      `email=${long}`,
      `id=${long}`,
      `dn=${'x'.repeat(1_025)}`,
      'username=person0&email=person0@example.org',
    ]) {
      const { status, body } = await request(host.app)
        .get(`/api/v1/ldap.explainUser?${query}`)
        .set(AUTH_HEADERS);
      expect([query, status, body.errorType]).toEqual([query, 400, 'invalid-params']);
    }
    expect((await host.admin.get('explainUser', { dn: 'x'.repeat(1_000) })).body.error).toBe(
      'User not found',
    );
  });

  it('a link that nobody can be looked up by', async () => {
    host = await openExplainHost(toPeople(1));
    for (const [index, ldap] of [
      { id: 'not hex', idAttribute: 'uid' },
      { id: '61' },
      { id: '6A6B', idAttribute: 'entryUUID' },
      { id: '6161', idAttribute: 'a b)(x' },
    ].entries()) {
      await host.users().insertOne({
        _id: `odd${index}` as never,
        username: `odd${index}`,
        type: 'user',
        ldap: true,
        active: true,
        services: { ldap },
      });
      expect(await host.explain({ username: `odd${index}` })).toMatchObject({
        entry: null,
        changes: [],
        match: { rule: 'not-synced', remedy: expect.stringContaining('services.ldap') },
      });
    }
  });
});

describeWithSlapd('GET ldap.explainUser', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost([toPersonLdif('ada'), ...toPeople(2)]);
  });
  afterEach(() => host.close());

  const ask = () => host.admin.get('explainUser', { username: 'ada' });

  it('writes nothing: every collection is byte for byte the same, and no index or run is made', async () => {
    await host.admin.run('syncNow');
    host.rename('ada', 'lovelace');
    host.leave('person0');
    host.modify('person1', 'replace: cn\ncn: Other');
    const { db } = host.database.connection;
    const picture = async () => {
      const collections = (await db!.listCollections().toArray()).map(({ name }) => name).sort();
      return Promise.all(
        collections.map(async (name) => [
          name,
          JSON.stringify(await db!.collection(name).find().sort({ _id: 1 }).toArray()),
          await db!.collection(name).indexes(),
        ]),
      );
    };
    const before = await picture();
    for (const username of ['ada', 'lovelace', 'person0', 'person1', 'admin'])
      await host.explain({ username });
    await host.explain({ dn: dnOf('person1') });
    expect(await picture()).toEqual(before);
  });

  it('makes no collection in a database that no run has seen', async () => {
    const names = async () =>
      (await host.database.connection.db!.listCollections().toArray()).map(({ name }) => name).sort();
    const before = await names();
    await ask();
    expect(await names()).toEqual(before);
  });

  it('needs the permission, and no second factor', async () => {
    expect((await request(host.app).get('/api/v1/ldap.explainUser?username=ada')).status).toBe(401);
    expect((await ask()).status).toBe(200);
    await host.database.connection
      .collection('rocketchat_permissions')
      .updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles: [] } });
    expect((await ask()).status).toBe(403);
  });

  it('is limited like what opens a connection, not like what is polled', async () => {
    await host.set({ API_Enable_Rate_Limiter: true });
    expect((await ask()).headers['x-ratelimit-limit']).toBe('10');
  });

  it('says when LDAP is off, what is wrong with the settings, and how the directory failed', async () => {
    await host.set({ LDAP_BaseDN: '', LDAP_User_Search_Filter: '(((' });
    expect((await ask()).body).toMatchObject({
      errorType: 'invalid-settings',
      details: {
        problems: [
          { setting: 'LDAP_BaseDN' },
          { setting: 'LDAP_User_Search_Filter', remedy: expect.any(String) },
        ],
      },
    });
    await host.set({ LDAP_BaseDN: SUFFIX, LDAP_User_Search_Filter: '', LDAP_Port: 1 });
    expect((await ask()).body).toMatchObject({
      success: false,
      errorType: 'directory-unreachable',
      details: { remedy: expect.any(String) },
    });
    await host.set({ LDAP_Enable: false });
    expect((await ask()).body).toEqual({ success: false, error: 'LDAP_disabled' });
  });
});
