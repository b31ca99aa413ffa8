import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import type { SearchFilter } from '../directory/filter/search-filter.js';
import type { GroupForm } from '../directory/groups.js';
import { findSecretInFilter } from '../directory/secret-attributes.js';
import { useOf } from './filter-parts.js';
import type { GroupStrategy } from './group-strategy.js';
import { findUnknownPlaceholder } from './group-template.js';
import { toForm } from './usual-forms.js';

export type ParsedMembershipFilter =
  | {
      readonly ok: true;
      readonly form: GroupForm;
      /** What a form that is asked of each person costs, and how to write it better. */
      readonly warning?: { readonly message: string; readonly remedy: string };
    }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const EXAMPLE: Readonly<Record<GroupStrategy['kind'], string>> = {
  each_group: 'for example (&(cn=#{groupName})(member=#{userdn}))',
  once: 'for example (&(objectClass=groupOfNames)(member=#{userdn}))',
};

/**
 * Understands the filter of a setting that asks for the groups of a person. `setting`: its id, for messages.
 */
export function parseMembershipFilter(
  text: string,
  setting: string,
  strategy: GroupStrategy,
): ParsedMembershipFilter {
  const refuse = (message: string): ParsedMembershipFilter => ({
    ok: false,
    message: `${setting} ${message}.`,
    remedy: `Correct ${setting}, ${EXAMPLE[strategy.kind]}.`,
  });
  if (text.trim() === '') return refuse('is empty, so nobody would be in any group');
  const unknown = findUnknownPlaceholder(text);
  if (unknown !== undefined)
    return refuse(`has ${JSON.stringify(unknown.slice(0, 60))}, which means nothing`);
  const filter = tryToParse(text);
  if (filter instanceof FilterSyntaxError) return refuse(`is not a search filter: ${filter.message}`);
  const secret = findSecretInFilter(filter);
  if (secret !== undefined) return refuse(`tests ${secret}, which holds a password or a key`);
  const { ofPerson, ofGroup } = useOf(filter);
  if (!ofPerson)
    return refuse(
      'has neither #{username} nor #{userdn}, so everybody would be in every group that there is',
    );
  if (strategy.kind === 'each_group' && !ofGroup)
    return refuse('has no #{groupName}, so whoever is in one group would be in all of them');
  if (strategy.kind === 'once' && ofGroup)
    return refuse('has #{groupName}, which means nothing when groups are asked for once');
  const form = toForm(filter, strategy);
  return form.kind === 'each-person'
    ? { ok: true, form, warning: toWarning(setting, form.why, strategy) }
    : { ok: true, form };
}

function tryToParse(text: string): SearchFilter | FilterSyntaxError {
  try {
    return parseSearchFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) return error;
    throw error;
  }
}

function toWarning(
  setting: string,
  why: string,
  { kind }: GroupStrategy,
): { readonly message: string; readonly remedy: string } {
  return {
    message:
      `${setting} ${why}, so it cannot be asked for everybody at once: each person costs a search of its ` +
      `own${kind === 'each_group' ? ' or several' : ''}.`,
    remedy: `Write it in one of the usual forms, ${EXAMPLE[kind]}; docs/groups.md lists them.`,
  };
}
