import { toEvidence } from '../../findings/observation.js';
import type { Directory } from '../../directory/directory.js';
import type { Memberships, MembershipQuestion } from '../../directory/groups.js';
import { parseGroupFilter } from '../../settings/group-filter.js';
import { parseGrants } from '../../settings/group-grants.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { readGroupOverview, toMemberCount, type SeenGroups } from '../../survey/group-overview.js';
import { asksForGroups, readGroups } from '../../sync/belonging/read-groups.js';
import { grantsOf } from '../../sync/belonging/grants.js';
import { toShownDN, toShownText } from '../shown-text.js';
import { skipped, toSection, type Section } from './section.js';
import type { SectionContext } from './section-context.js';
import type { GroupOverview, GroupsFacts, UsedGroups } from './section-facts.js';
import { parseMappingPart, parseSearchPart, toPeopleSettings } from './section-settings.js';

const MAX_BASES = 4;
const MAX_NAMED = 100;
const BIGGEST = 5;
const LISTED = 10;

/** Says which groups there are where the settings look for them, and which of those that they name are missing. */
export async function testGroupsSection(context: SectionContext): Promise<Section<GroupsFacts>> {
  const { settings, session, signal, address, openDirectory } = context;
  const search = parseSearchPart(settings);
  const checks = createSettingChecks(settings);
  const asked = {
    groupFilter: parseGroupFilter(settings, checks, search.parsed.baseDN),
    grants: parseGrants(settings, checks, search.parsed),
  };
  if (checks.problems.length > 0) return toSection<GroupsFacts>({ problems: checks.problems });
  const isOn = asksForGroups(asked);
  if (!isOn && checks.warnings.length === 0) return skipped(toEvidence('groups-unused', {}));
  const people = toPeopleSettings(settings, search.parsed, parseMappingPart(settings).parsed);
  const directory = await session.directory();
  const questions = toQuestions(asked);
  const openBeside = (): Promise<Directory> => openDirectory(address, signal);
  const memberships = await readGroups({ ...asked, ...people }, { directory, openBeside, signal });
  try {
    return toSection({
      facts: {
        used: questions.map((question) => toUsed(question, memberships)),
        overviews: await readOverviews(questions, { directory, signal, pageSize: people.search.pageSize }),
      },
      problems: memberships.problems(),
      warnings: checks.warnings,
    });
  } finally {
    memberships.close();
  }
}

function toQuestions({
  groupFilter,
  grants,
}: Pick<SyncSettings, 'groupFilter' | 'grants'>): readonly MembershipQuestion[] {
  const given = grantsOf(grants).map(([, { question }]) => question);
  return groupFilter ? [groupFilter.question, ...given] : given;
}

function toUsed(question: MembershipQuestion, memberships: Memberships): UsedGroups {
  const { groups, settings } = question;
  return {
    setting: settings.groups,
    groups: groups.slice(0, MAX_NAMED).map((name) => {
      const { state, dns } = memberships.reading(question, name);
      return { name: toShownText(name), state, dns: dns.slice(0, LISTED).map(toShownDN) };
    }),
    more: Math.max(0, groups.length - MAX_NAMED),
  };
}

async function readOverviews(
  questions: readonly MembershipQuestion[],
  reading: { readonly directory: Directory; readonly signal: AbortSignal; readonly pageSize: number },
): Promise<readonly GroupOverview[]> {
  const bases = new Map(questions.map(({ baseDN }) => [baseDN.toLowerCase(), baseDN]));
  const overviews: GroupOverview[] = [];
  for (const baseDN of [...bases.values()].slice(0, MAX_BASES))
    overviews.push(toOverview(baseDN, await readGroupOverview({ ...reading, baseDN })));
  return overviews;
}

function toOverview(base: string, { groups, isMore }: SeenGroups): GroupOverview {
  const counted = groups
    .map((group) => ({ dn: toShownDN(group.dn), members: toMemberCount(group), isMore: group.isMore }))
    .sort((one, other) => other.members - one.members);
  const toList = (found: SeenGroups['groups']): GroupOverview['empty'] => ({
    count: found.length,
    dns: found.slice(0, LISTED).map(({ dn }) => toShownDN(dn)),
  });
  return {
    base,
    groups: groups.length,
    isMore,
    biggest: counted.filter(({ members }) => members > 0).slice(0, BIGGEST),
    nested: groups.filter(({ isNested }) => isNested).length,
    dynamic: toList(groups.filter(({ isDynamic }) => isDynamic)),
    empty: toList(groups.filter((group) => !group.isDynamic && toMemberCount(group) === 0)),
  };
}
