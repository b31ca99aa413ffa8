import mongoose from 'mongoose';
import { startMongo } from '../../dev/mongodb.js';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 600;
const LDAP_Search_Page_Size = 50;

/** Resolves when the first page is written. */
const firstPage = ({ events }: LdapSync): Promise<unknown> =>
  new Promise((resolve) => events.once('run:progress', resolve));

describeWithSlapd('a run that is interrupted', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
  });
  afterAll(() => slapd.stop());

  it('by the shutdown of its host ends between two pages, and the next run does the rest', async () => {
    const database = await openTestDatabase();
    try {
      await storeSettings(database.connection, { ...settingsFor(slapd), LDAP_Search_Page_Size });
      const { ldapSync } = createHost(database.connection);
      const users = database.connection.collection('users');
      const begun = firstPage(ldapSync);
      const run = ldapSync.sync();
      await begun;
      await ldapSync.stop();
      const report = await run;
      expect(report.state).toBe('interrupted');
      expect(report.counts.created).toBeLessThan(PEOPLE);
      expect(report.counts.read).toBe(report.counts.created);
      expect(await users.countDocuments()).toBe(report.counts.created);
      await expect(ldapSync.sync()).rejects.toMatchObject({ code: 'run-stopped' });

      const next = await createHost(database.connection).ldapSync.sync();
      expect(next).toMatchObject({
        state: 'completed',
        counts: { read: PEOPLE, created: PEOPLE - report.counts.created, unchanged: report.counts.created },
      });
    } finally {
      await database.close();
    }
  });

  it('by its database going away leaves the process alive and does no harm', async () => {
    const mongo = await startMongo({ ...process.env, MONGO_URL: undefined });
    const connection = await mongoose
      .createConnection(`${mongo.url}interrupted`, { serverSelectionTimeoutMS: 5_000, autoIndex: false })
      .asPromise();
    try {
      await storeSettings(connection, { ...settingsFor(slapd), LDAP_Search_Page_Size });
      const messages: string[] = [];
      const note = (_details: object, message: string): void => void messages.push(message);
      const { ldapSync } = createHost(connection, {
        logger: { debug: note, info: note, warn: note, error: note },
      });
      const begun = firstPage(ldapSync);
      const run = ldapSync.sync();
      run.catch(() => undefined);
      await begun;
      await mongo.stop();
      await expect(run).rejects.toThrow(/ECONNREFUSED|closed|server|connection/i);
      expect(messages).toContain('The report of the LDAP sync could not be written');
    } finally {
      await connection.close();
      await mongo.stop();
    }
  });
});
