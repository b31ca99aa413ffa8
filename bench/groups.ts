/**
 * Measures how long it takes to know who is in which group, for 5,000 people and 400 groups, beside what
 * Rocket.Chat does: a search for each person and group. Writes bench/GROUPS.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSlapd } from '../dev/slapd.js';
import type { Directory, SearchQuery } from '../lib/directory/directory.js';
import { allOf, equals } from '../lib/directory/filter/search-filter.js';
import type { GroupPerson, MembershipQuestion } from '../lib/directory/groups.js';
import { openLdapDirectory } from '../lib/directory/ldap/ldap-directory.js';
import { createLdapGroups } from '../lib/groups/ldap-groups.js';
import { parseMembershipFilter } from '../lib/groups/parse-membership-filter.js';
import { personDN, SUFFIX, toGroupName, toGroupsLdif, type GroupsSize } from './groups-ldif.js';
import { toGroupsReport, type Measured } from './groups-report.js';

const SIZE: GroupsSize = {
  people: Number(process.env.BENCH_PEOPLE ?? 5_000),
  groups: Number(process.env.BENCH_GROUPS ?? 400),
  members: 50,
  large: 100_000,
};
const { people: PEOPLE, groups: GROUPS, large: LARGE } = SIZE;
/** So many of Rocket.Chat's searches are made; the rest would take as long. */
const SAMPLE = 2_000;
const ROUNDS = 5;

const groupNames = Array.from({ length: GROUPS }, (_, index) => toGroupName(index));
const signal = new AbortController().signal;

const slapd = await startSlapd({
  suffix: SUFFIX,
  ldif: toGroupsLdif(SIZE),
  databaseConfig: 'index cn,member eq',
});
try {
  const usual = '(&(objectClass=groupOfNames)(cn=#{groupName})(member=#{userdn}))';
  const nested = '(&(objectClass=groupOfNames)(cn=#{groupName})(member:1.2.840.113556.1.4.1941:=#{userdn}))';
  const rows = [
    await measure(`${GROUPS} groups`, toQuestion(usual, groupNames)),
    await measure(`${GROUPS} groups, and the groups in them`, toQuestion(nested, groupNames)),
    await measure(`one group of ${LARGE.toLocaleString('en')}`, toQuestion(usual, ['everybody'])),
  ];
  const perSearchMs = await measureTheirs();
  const report = toGroupsReport(rows, { ...SIZE, rounds: ROUNDS, sample: SAMPLE, perSearchMs });
  process.stdout.write(report);
  writeFileSync(join(import.meta.dirname, 'GROUPS.md'), report);
} finally {
  await slapd.stop();
}

function toQuestion(filter: string, groups: readonly string[]): MembershipQuestion {
  const parsed = parseMembershipFilter(filter, 'filter', { kind: 'each_group' });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const settings = { base: 'base', filter: 'filter', groups: 'map' };
  return { baseDN: SUFFIX, scope: 'sub', form: parsed.form, groups, settings };
}

function open(): Promise<Directory> {
  const { port, rootDN: dn, rootPassword: password } = slapd;
  return openLdapDirectory({
    host: '127.0.0.1',
    port,
    encryption: 'plain',
    caCertificates: [],
    rejectUnauthorized: true,
    bind: { dn, password },
    connectTimeoutMs: 10_000,
    operationTimeoutMs: 60_000,
  });
}

async function measure(what: string, question: MembershipQuestion): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureOnce(what, question));
  rounds.sort((one, other) => one.readMs + one.askMs - other.readMs - other.askMs);
  return rounds[Math.floor(ROUNDS / 2)] as Measured;
}

async function measureOnce(what: string, question: MembershipQuestion): Promise<Measured> {
  const inner = await open();
  let searches = 0;
  const directory: Directory = {
    ...inner,
    sweep(query: SearchQuery, ending?: AbortSignal) {
      searches += 1;
      return inner.sweep(query, ending);
    },
  };
  const people = Array.from({ length: PEOPLE }, (_, index): GroupPerson => ({
    dn: personDN(index),
    usernames: [`person${index}`],
  }));
  const before = heapMiB();
  const begunAt = performance.now();
  const groups = createLdapGroups({
    directory,
    openBeside: open,
    pageSize: 250,
    isActiveDirectory: false,
    signal,
  });
  const memberships = await groups.read([question]);
  const readAt = performance.now();
  let found = 0;
  for (const of of await memberships.ask(question, people))
    for (const group of question.groups) if (of(group) === 'member') found += 1;
  const askedAt = performance.now();
  const keptMiB = heapMiB() - before;
  // Keeps what was read alive until it is measured.
  if (memberships.problems().length > 0) throw new Error(JSON.stringify(memberships.problems()));
  inner.close();
  return { what, searches, readMs: readAt - begunAt, askMs: askedAt - readAt, keptMiB, found };
}

/** Where the process may collect garbage (`node --expose-gc`). */
function heapMiB(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 / 1024;
}

/** One of Rocket.Chat's searches, on the same connection and server. */
async function measureTheirs(): Promise<number> {
  const directory = await open();
  const begunAt = performance.now();
  for (let index = 0; index < SAMPLE; index += 1) {
    const filter = allOf([
      equals('objectClass', 'groupOfNames'),
      equals('cn', groupNames[index % GROUPS] as string),
      equals('member', personDN(index % PEOPLE)),
    ]);
    const query = {
      baseDN: SUFFIX,
      scope: 'sub',
      filter,
      attributes: ['cn'],
      pageSize: 0,
      sizeLimit: 0,
    } as const;
    const pages = directory.sweep(query);
    while (!(await pages.next()).done);
  }
  const perSearchMs = (performance.now() - begunAt) / SAMPLE;
  directory.close();
  return perSearchMs;
}
