import { toFinding } from '../../findings/finding.js';
import { describeQuietly } from '../../directory/describe-quietly.js';
import type { NamedAttributes } from '../../settings/named-attributes.js';
import { STATE_READINGS } from '../../sync/removals/state-reading.js';
import { findFieldLacks, judgeFields } from '../../survey/judge-fields.js';
import { judgeFirstLook } from '../../survey/judge-first-look.js';
import { readSchemaNames, type SchemaNames } from '../../survey/schema-names.js';
import { readShown } from '../../survey/shown-attributes.js';
import { createSurvey, type Survey } from '../../survey/survey.js';
import { renderPeople } from './rendered-person.js';
import { toSection, type Section } from './section.js';
import type { SectionContext } from './section-context.js';
import type { FieldUse, MappingFacts } from './section-facts.js';
import { parseMappingPart, parseSearchPart, toPeopleSettings } from './section-settings.js';

const SAMPLED = 200;

/** Says of each setting how many people have what it names, and shows five as they would be written. */
export async function testMappingSection(context: SectionContext): Promise<Section<MappingFacts>> {
  const { settings, session, signal, clock } = context;
  const search = parseSearchPart(settings);
  const mapped = parseMappingPart(settings);
  const problems = [...search.problems, ...mapped.problems.filter(isNotIn(search.problems))];
  if (problems.length > 0) return toSection<MappingFacts>({ problems, warnings: mapped.warnings });
  const directory = await session.directory();
  const people = toPeopleSettings(settings, search.parsed, mapped.parsed);
  const survey = createSurvey(people, { isFirstImport: true, isNamesOnly: true });
  const shown = await readShown(directory, {
    query: people.search,
    signal,
    atMost: SAMPLED,
    attributes: people.survey.named.flatMap(({ attributes }) => attributes),
    visit: (entry) => survey.addEntries([entry]),
  });
  const schema = await readSchemaNames(directory, signal);
  const kind = (await describeQuietly(directory, signal))?.kind ?? 'unknown';
  const stateReading = STATE_READINGS[kind] ?? 'optional';
  const mapping = { ...people.mapping, stateReading, stateAt: clock() };
  const first = judgeFirstLook(survey, { ...people, policy: EVERYBODY }, shown);
  const lacking = judgeFields(findFieldLacks(survey, people), survey, shown);
  const isEmpty = shown.entries === 0;
  return toSection({
    facts: {
      sampled: shown.entries,
      fields: people.survey.named.map((named) => toFieldUse(named, survey, schema)),
      people: isEmpty ? [] : await renderPeople({ directory, signal, search: people.search, mapping }),
    },
    problems: isEmpty ? [NOBODY] : first.mistakes,
    warnings: [...mapped.warnings, ...first.warnings, ...(isEmpty ? [] : lacking)],
  });
}

/** The mapping is tested as if everybody were new. */
const EVERYBODY = { syncUsers: true, importNew: true };

const NOBODY = {
  setting: 'LDAP_BaseDN',
  ...toFinding('nobody-to-look-at', {}),
};

/** The same mistake is told once, whoever has found it. */
function isNotIn<T extends { readonly message: string }>(known: readonly T[]): (one: T) => boolean {
  const messages = new Set(known.map(({ message }) => message));
  return ({ message }) => !messages.has(message);
}

function toFieldUse(named: NamedAttributes, { census }: Survey, schema: SchemaNames): FieldUse {
  const { part, setting, isTemplate, attributes } = named;
  return {
    part,
    setting,
    isTemplate,
    having: census.havingAny(named),
    attributes: attributes.map((name) => {
      const having = census.having(name);
      return { name, having, state: toState(name, having, schema) };
    }),
  };
}

function toState(name: string, having: number, schema: SchemaNames): FieldUse['attributes'][number]['state'] {
  if (having > 0) return 'present';
  if (!schema) return 'unread-schema';
  return schema.has((name.split(';')[0] ?? '').toLowerCase()) ? 'in-schema' : 'unknown';
}
