import { toEvidence } from '../../findings/observation.js';
import type { DirectoryEntry } from '../../directory/directory.js';
import { RIGHTS_ATTRIBUTE } from '../../directory/effective-rights.js';
import { toStateAttributes } from '../../mapping/active-state.js';
import { mayRead } from '../../mapping/effective-rights.js';
import { identifyEntry } from '../../mapping/ldap-identity.js';
import { readSamples } from '../../survey/read-samples.js';
import { toDeletedRight, toGroupRight } from './further-rights.js';
import type { RightsQuestion } from './rights-question.js';
import type { ReadRight } from './section-facts.js';

const SAMPLED = 200;

/** What the service account is shown of what a sync needs. */
export async function readRights(question: RightsQuestion): Promise<readonly ReadRight[]> {
  const { mapping, stateReading, search } = question;
  const attributes = [
    ...mapping.idAttributes,
    ...toStateAttributes(mapping),
    ...(stateReading === 'by-rights' ? [RIGHTS_ATTRIBUTE] : []),
  ];
  const query = { ...search, attributes, sizeLimit: SAMPLED };
  const { entries: people } = await readSamples(question.directory, query, question);
  return [
    {
      what: 'people',
      attributes: [],
      isReadable: people.length > 0,
      ...toEvidence('people-shown', { count: people.length, most: SAMPLED }),
    },
    ...(people.length > 0 ? [toIdRight(people, question), toStateRight(people, question)] : []),
    await toGroupRight(question),
    ...(await toDeletedRight(question)),
  ];
}

function toIdRight(
  people: readonly DirectoryEntry[],
  { mapping: { idAttributes } }: RightsQuestion,
): ReadRight {
  const identified = people.flatMap((entry) => identifyEntry(entry, idAttributes) ?? []);
  const names = [...new Set(identified.map(({ idAttribute }) => idAttribute))];
  return {
    what: 'id',
    attributes: names.slice(0, 10),
    isReadable: identified.length === people.length,
    ...toEvidence('ids-shown', { count: identified.length, entries: people.length }),
  };
}

function toStateRight(
  people: readonly DirectoryEntry[],
  { mapping, stateReading }: RightsQuestion,
): ReadRight {
  if (stateReading === 'by-rights') {
    const readable = people.filter((entry) => mayRead(entry, 'nsAccountLock')).length;
    const evidence = toEvidence('state-granted', { count: readable, entries: people.length });
    const isReadable = readable === people.length;
    return { what: 'state', attributes: ['nsAccountLock'], isReadable, ...evidence };
  }
  const names = toStateAttributes(mapping).filter((name) => people.some(has(name)));
  const having = people.filter((entry) => names.some((name) => has(name)(entry))).length;
  const isRequired = stateReading === 'required';
  const attributes = isRequired ? (['userAccountControl'] as const) : names;
  const isShown = isRequired ? people.every(has('userAccountControl')) : having > 0;
  return {
    what: 'state',
    attributes,
    isReadable: isShown || (isRequired ? false : 'unknown'),
    ...toEvidence(isShown || isRequired ? 'state-shown' : 'state-perhaps-shown', {
      count: isRequired ? people.filter(has('userAccountControl')).length : having,
      entries: people.length,
    }),
  };
}

function has(name: string): (entry: DirectoryEntry) => boolean {
  return ({ attributes }) => attributes.has(name.toLowerCase());
}
