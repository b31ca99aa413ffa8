import { toFinding } from '../../findings/finding.js';
import type { Directory } from '../../directory/directory.js';
import { visitEntries } from '../../directory/read-entries.js';
import { UnusableAttributeError } from '../../mapping/attribute-text.js';
import { mapUsernames } from '../../mapping/entry-usernames.js';
import { fromSource } from '../../mapping/source-texts.js';
import type { SettingProblem } from '../../settings/settings.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { explainNobody } from '../../survey/explain-nobody.js';
import { readSamples } from '../../survey/read-samples.js';
import type { AskedPeople } from '../asked-settings.js';
import { canReadBase, NO_BASE, NOBODY } from '../base-entry.js';
import { findPerson } from '../find-person.js';
import { toShownDN, toShownText } from '../shown-text.js';
import { toSection, type Section } from './section.js';
import type { SectionContext } from './section-context.js';
import type { PeopleFacts, SampledPerson } from './section-facts.js';
import { parseMappingPart, parseSearchPart, toPeopleSettings } from './section-settings.js';

/** So many are counted; beyond them it is only said that there are more. */
const COUNTED = 20_000;
const SAMPLES = 3;
/** Fewer than this share of those of the last run are told of, unless that are a handful. */
const SHARE = 0.9;
const HANDFUL = 10;

/** Says how many people a sync would read, shows three, and compares with the last run. */
export async function testPeopleSection(context: SectionContext): Promise<Section<PeopleFacts>> {
  const { settings, session, signal, address, username } = context;
  const { parsed, problems, warnings } = parseSearchPart(settings);
  if (problems.length > 0) return toSection<PeopleFacts>({ problems, warnings });
  const directory = await session.directory();
  const people = toPeopleSettings(settings, parsed, parseMappingPart(settings).parsed);
  const asked = { directory, signal, settings: people, filterText: settings.get('LDAP_User_Search_Filter') };
  const isReadable = await canReadBase(asked);
  const { count, isMore } = isReadable
    ? await countPeople(directory, people, signal)
    : { count: 0, isMore: false };
  const lastRun = await context.readLastRun();
  const nobody = count > 0 ? undefined : await explain(isReadable, { asked, address });
  const facts: PeopleFacts = {
    base: { dn: people.search.baseDN, isReadable },
    scope: people.search.scope,
    filter: asked.filterText,
    count,
    isMore,
    samples: count > 0 ? await readPeople(asked) : [],
    ...(lastRun ? { lastRun } : {}),
    ...(isReadable && username !== undefined ? { person: await findPerson(asked, username) } : {}),
  };
  return toSection({
    facts,
    problems: nobody ? [nobody] : [],
    warnings: [...warnings, ...(count > 0 ? findFewer(facts) : [])],
  });
}

async function countPeople(
  directory: Directory,
  { search }: Pick<SyncSettings, 'search'>,
  signal: AbortSignal,
): Promise<Pick<PeopleFacts, 'count' | 'isMore'>> {
  let count = 0;
  let isWhole = false;
  await visitEntries(
    directory,
    { ...search, attributes: [], sizeLimit: COUNTED + 1 },
    {
      signal,
      tolerated: ['referral', 'size-limit', 'paging-unsupported', 'admin-limit', 'time-limit'],
      failure: 'People could not be counted',
      ended: (end) =>
        void (isWhole = end.complete || end.reason === 'referral' || end.reason === 'paging-unsupported'),
      visit: () => void (count += 1),
    },
  );
  return { count: Math.min(count, COUNTED), isMore: count > COUNTED || !isWhole };
}

async function explain(
  isReadable: boolean,
  { asked, address }: { readonly asked: AskedPeople; readonly address: SyncSettings['address'] },
): Promise<SettingProblem> {
  if (!isReadable) return NO_BASE;
  return (await explainNobody(asked.directory, { ...asked.settings, address }, asked.signal)) ?? NOBODY;
}

async function readPeople({ directory, signal, settings }: AskedPeople): Promise<readonly SampledPerson[]> {
  const { search, mapping } = settings;
  const attributes = [...mapping.name.attributes, ...mapping.username.attributes];
  const { entries } = await readSamples(directory, { ...search, attributes, sizeLimit: SAMPLES }, { signal });
  return entries.map((entry) => ({
    dn: toShownDN(entry.dn),
    ...toNamed(
      'name',
      firstOf(() => fromSource(entry, mapping.name, 'name')),
    ),
    ...toNamed(
      'username',
      firstOf(() => mapUsernames(entry, mapping)),
    ),
  }));
}

function toNamed(key: 'name' | 'username', text: string | undefined): Partial<SampledPerson> {
  return text === undefined ? {} : { [key]: toShownText(text) };
}

function firstOf(read: () => readonly string[]): string | undefined {
  try {
    return read()[0];
  } catch (error) {
    if (error instanceof UnusableAttributeError) return undefined;
    throw error;
  }
}

function findFewer({ count, isMore, lastRun }: PeopleFacts): readonly SettingProblem[] {
  if (!lastRun || isMore || count >= lastRun.read * SHARE || lastRun.read - count < HANDFUL) return [];
  const finding = toFinding('fewer-people', { count, before: lastRun.read });
  return [{ setting: 'LDAP_User_Search_Filter', ...finding }];
}
