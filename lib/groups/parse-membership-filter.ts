import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import type { SearchFilter } from '../directory/filter/search-filter.js';
import { toFinding, type Finding } from '../findings/finding.js';
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
      readonly warning?: Finding;
    }
  | { readonly ok: false; readonly problem: Finding };

const EXAMPLE: Readonly<Record<GroupStrategy['kind'], string>> = {
  each_group: '(&(cn=#{groupName})(member=#{userdn}))',
  once: '(&(objectClass=groupOfNames)(member=#{userdn}))',
};

/**
 * Understands the filter of a setting that asks for the groups of a person. `setting`: its id, for messages.
 */
export function parseMembershipFilter(
  text: string,
  setting: string,
  strategy: GroupStrategy,
): ParsedMembershipFilter {
  const problem = findFault(text, setting, strategy);
  if (problem) return { ok: false, problem };
  const form = toForm(parseSearchFilter(text), strategy);
  return form.kind === 'each-person'
    ? { ok: true, form, warning: toWarning(setting, form.why, strategy) }
    : { ok: true, form };
}

function findFault(text: string, setting: string, { kind }: GroupStrategy): Finding | undefined {
  const told = { setting, example: EXAMPLE[kind] };
  if (text.trim() === '') return toFinding('grant-filter-empty', told);
  const unknown = findUnknownPlaceholder(text);
  if (unknown !== undefined)
    return toFinding('grant-filter-with-placeholder', {
      ...told,
      placeholder: JSON.stringify(unknown.slice(0, 60)),
    });
  const filter = tryToParse(text);
  if (filter instanceof FilterSyntaxError)
    return toFinding('grant-filter-unreadable', { ...told, why: filter.message });
  const secret = findSecretInFilter(filter);
  if (secret !== undefined) return toFinding('grant-filter-secret', { ...told, attribute: secret });
  const { ofPerson, ofGroup } = useOf(filter);
  if (!ofPerson)
    return toFinding('grant-filter-without-person', { ...told, username: '#{username}', dn: '#{userdn}' });
  if (ofGroup === (kind === 'each_group')) return undefined;
  const code = kind === 'each_group' ? 'grant-filter-without-group' : 'grant-filter-with-group';
  return toFinding(code, { ...told, group: '#{groupName}' });
}

function tryToParse(text: string): SearchFilter | FilterSyntaxError {
  try {
    return parseSearchFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) return error;
    throw error;
  }
}

function toWarning(setting: string, why: string, { kind }: GroupStrategy): Finding {
  const code = kind === 'each_group' ? 'grant-filter-slower' : 'grant-filter-slow';
  return toFinding(code, { setting, why, example: EXAMPLE[kind] });
}
