import { LdapSyncError, toFailure } from '../../errors.js';
import { toFinding } from '../../findings/finding.js';
import { parseDirectoryAddress } from '../../settings/directory-address.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import { createProbeSession, isLine } from '../probe-session.js';
import { testAccountSection } from './account-section.js';
import { testConnectionSection } from './connection-section.js';
import { testGroupsSection } from './groups-section.js';
import { testMappingSection } from './mapping-section.js';
import { toOpeningProblem } from './opening-problem.js';
import { testPeopleSection } from './people-section.js';
import {
  SECTION_NAMES,
  toSection,
  type Section,
  type SectionFacts,
  type SectionName,
  type SectionReports,
} from './section.js';
import type { SectionContext } from './section-context.js';

type Tests = {
  readonly [Name in SectionName]: (context: SectionContext) => Promise<Section<SectionFacts[Name]>>;
};

const TESTS: Tests = {
  connection: testConnectionSection,
  account: testAccountSection,
  people: testPeopleSection,
  mapping: testMappingSection,
  groups: testGroupsSection,
};

/** One section may not use up the time of the others. */
const SECTION_MS = 20_000;

/** What is tested, and when everything has to be over. */
export interface SectionsAsked extends Omit<SectionContext, 'session' | 'address'> {
  readonly sections: readonly SectionName[];
  /** @default 20 seconds */
  readonly sectionMs?: number;
}

/** Tests the sections one after the other; what is wrong in one hides no other. */
export async function testSections({ sections, ...asked }: SectionsAsked): Promise<SectionReports> {
  const reports: { -readonly [Name in SectionName]?: Section<SectionFacts[Name]> } = {};
  const checks = createSettingChecks(asked.settings);
  const address = parseDirectoryAddress(asked.settings, checks);
  const names = SECTION_NAMES.filter((one) => sections.includes(one));
  if (checks.problems.length > 0)
    return Object.fromEntries(names.map((name) => [name, toSection<never>({ problems: checks.problems })]));
  const session = createProbeSession({ ...asked, address });
  const run = async <Name extends SectionName>(name: Name): Promise<void> => {
    reports[name] = (await testOne(TESTS[name], { ...asked, address, session })) as (typeof reports)[Name];
  };
  try {
    for (const name of names) await run(name);
    return reports;
  } finally {
    session.close();
  }
}

async function testOne<Facts>(
  test: (context: SectionContext) => Promise<Section<Facts>>,
  { sectionMs = SECTION_MS, ...context }: SectionContext & Pick<SectionsAsked, 'sectionMs'>,
): Promise<Section<Facts>> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(tooLong(sectionMs)), sectionMs);
  const signal = AbortSignal.any([context.signal, ending.signal]);
  try {
    return await test({ ...context, signal });
  } catch (error) {
    if (!(error instanceof LdapSyncError)) throw error;
    // A search that was left under way keeps the line.
    if (isLine(error)) context.session.drop();
    return toSection<Facts>({ problems: [toOpeningProblem(error)] });
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(sectionMs: number): LdapSyncError {
  const finding = toFinding('section-too-slow', { seconds: Math.round(sectionMs / 1_000) });
  return toFailure('directory-timeout', finding);
}
