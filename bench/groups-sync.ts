/**
 * Measures what groups add to a sync that changes nothing: 20,000 people, 400 groups that give a role each, and 40
 * of them a channel, too. With and without groups in turn, each sync in a process of its own. Writes
 * bench/GROUPS-SYNC.md. BENCH_PEOPLE, BENCH_GROUPS and BENCH_ROUNDS change what is measured.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { toDatabaseUrl } from '../dev/mongo-url.js';
import { startMongo } from '../dev/mongodb.js';
import { startSlapd } from '../dev/slapd.js';
import { median } from './medians.js';
import { toLdif, toPersonDN } from './people.js';
import { drop, measureSync, toSettings, type Sync } from './rounds.js';
import { ownTree } from './trees.js';

const SUFFIX = 'dc=bench';
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 20_000);
const GROUPS = Number(process.env.BENCH_GROUPS ?? 400);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const MEMBERS = 50;
const CHANNELS = Math.ceil(GROUPS / 10);

const names = Array.from({ length: GROUPS }, (_, index) => `group${index}`);
const channels = names.slice(0, CHANNELS);
const groupsBase = `ou=groups,${SUFFIX}`;
const filter = '(&(objectClass=groupOfNames)(cn=#{groupName})(member=#{userdn}))';
const GROUP_SETTINGS = {
  LDAP_Sync_User_Data_Roles: 'true',
  LDAP_Sync_User_Data_Roles_AutoRemove: 'true',
  LDAP_Sync_User_Data_Roles_BaseDN: groupsBase,
  LDAP_Sync_User_Data_Roles_Filter: filter,
  LDAP_Sync_User_Data_RolesMap: JSON.stringify(
    Object.fromEntries(names.map((name) => [name, `role-${name}`])),
  ),
  LDAP_Sync_User_Data_Channels: 'true',
  LDAP_Sync_User_Data_Channels_BaseDN: groupsBase,
  LDAP_Sync_User_Data_Channels_Filter: filter,
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: 'true',
  LDAP_Sync_User_Data_ChannelsMap: JSON.stringify(Object.fromEntries(channels.map((name) => [name, name]))),
};

const mongo = await startMongo();
const slapd = await startSlapd({
  suffix: SUFFIX,
  ldif: `${toLdif(SUFFIX, PEOPLE)}\n${toGroups()}`,
  databaseConfig: 'index cn,member eq',
});
const url = toDatabaseUrl(mongo.url, 'chatldapsync_bench_groups');
try {
  await drop(url);
  await storeRoles();
  run({}, { created: PEOPLE });
  run(GROUP_SETTINGS, {});
  const without: Sync[] = [];
  const withGroups: Sync[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    without.push(run({}, { unchanged: PEOPLE }));
    withGroups.push(run(GROUP_SETTINGS, { unchanged: PEOPLE }));
  }
  const report = toReport(without, withGroups);
  process.stdout.write(report);
  writeFileSync(join(import.meta.dirname, 'GROUPS-SYNC.md'), report);
  await drop(url);
} finally {
  await slapd.stop();
  await mongo.stop();
}

function run(groups: Readonly<Record<string, string>>, counts: Readonly<Record<string, number>>): Sync {
  const { folder } = ownTree();
  return measureSync({ url, folder, settings: { ...toSettings(slapd), ...groups } }, counts);
}

async function storeRoles(): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  const roles = ['user', ...names.map((name) => `role-${name}`)];
  await connection
    .collection('rocketchat_roles')
    .insertMany(roles.map((name) => ({ _id: name as never, name, scope: 'Users', protected: false })));
  await connection.close();
}

/** People are in one group each, or two. */
function toGroups(): string {
  const entries = [`dn: ${groupsBase}\nobjectClass: organizationalUnit\nou: groups`];
  for (const [index, name] of names.entries()) {
    const members = Array.from(
      { length: MEMBERS },
      (_, at) => `member: ${toPersonDN(SUFFIX, (index * MEMBERS + at) % PEOPLE)}`,
    );
    entries.push(
      [`dn: cn=${name},${groupsBase}`, 'objectClass: groupOfNames', `cn: ${name}`, ...members].join('\n'),
    );
  }
  return `${entries.join('\n\n')}\n`;
}

function toReport(without: readonly Sync[], withGroups: readonly Sync[]): string {
  const toRow = (what: string, key: keyof Sync, digits: number): string => {
    const [one, other] = [without, withGroups].map((syncs) => median(syncs.map((sync) => sync[key])));
    const ratios = withGroups.map((sync, index) => sync[key] / (without[index] as Sync)[key]);
    const range = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join('–');
    const values = [one, other].map((value) => (value as number).toFixed(digits)).join(' | ');
    return `| ${what} | ${values} | ${median(ratios).toFixed(2)} (${range}) |`;
  };
  return [
    '# What groups add to a sync',
    '',
    `Written by \`npm run bench:groups-sync\` on ${new Date().toISOString().slice(0, 10)}: ${PEOPLE.toLocaleString('en')} people,`,
    `${GROUPS} groups of ${MEMBERS} that give a role each, ${CHANNELS} of them a channel, too; nothing changes. OpenLDAP and`,
    `${mongo.description} on the same machine (${cpus().length} cores), Node ${process.version}. Medians of ${ROUNDS} rounds, in turn.`,
    '',
    '| | without groups | with groups | ratio, and its range |',
    '| --- | ---: | ---: | ---: |',
    toRow('time, ms', 'wallMs', 0),
    toRow('CPU, ms', 'cpuMs', 0),
    toRow('most memory of the process, MiB', 'peakMiB', 0),
    toRow('event loop, 99th percentile of delay, ms', 'eventLoopP99Ms', 1),
    '',
  ].join('\n');
}
