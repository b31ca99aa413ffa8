import type { UserRecord } from '../../../models/user.js';
import { anyOf, equals, type SearchFilter } from '../../directory/filter/search-filter.js';
import { searchFieldsOf } from '../../settings/directory-search.js';
import type { Settings } from '../../settings/settings.js';
import type { MappingSettings } from '../../settings/sync-settings.js';
import type { Asked } from '../../../models/asked-person.js';
import { toHexId } from './hex-id.js';

/** Which entries may be meant. Values are bytes in the filter, so that `*)(uid=*` is only a strange name. */
export interface NameFilters {
  ofAsked(asked: Asked): SearchFilter | undefined;
  /** Entries that a sync would bring together, or into conflict, with an account of the host. */
  ofUser(user: UserRecord): SearchFilter | undefined;
}

/** Most addresses of one account that are searched for. */
const MAX_ADDRESSES = 20;

export function createNameFilters(mapping: MappingSettings, settings: Settings): NameFilters {
  const { username, emailAttributes, defaultDomain, idAttributes } = mapping;
  const variables = new Set(mapping.variables?.map(({ name }) => name.toLowerCase()));
  const isVariable = (attribute: string): boolean => variables.has(attribute.toLowerCase());
  // What a template or a variable makes of attributes cannot be taken apart again.
  const isWhole =
    username.attributes.length > 0 &&
    (username.kind === 'first' || username.attributes.length === 1) &&
    !username.attributes.some(isVariable);
  const nameAttributes = isWhole ? username.attributes : searchFieldsOf(settings);
  const mailAttributes = [
    ...new Set([...emailAttributes.filter((attribute) => !isVariable(attribute)), 'mail']),
  ];

  const byName = (name: string): SearchFilter[] => nameAttributes.map((attribute) => equals(attribute, name));

  function byAddress(address: string): SearchFilter[] {
    const suffix = `@${defaultDomain}`.toLowerCase();
    const isBuilt = defaultDomain !== '' && address.toLowerCase().endsWith(suffix);
    return [
      // Active Directory writes the kind in front of an address.
      ...mailAttributes.flatMap((attribute) => [
        equals(attribute, address),
        equals(attribute, `smtp:${address}`),
      ]),
      ...(isBuilt ? byName(address.slice(0, -suffix.length)) : []),
    ];
  }

  return {
    ofAsked({ by, text }) {
      if (by === 'username') return anyOf(byName(text));
      if (by === 'email') return anyOf(byAddress(text));
      const hex = by === 'id' ? toHexId(text) : undefined;
      return hex === undefined
        ? undefined
        : anyOf(idAttributes.map((attribute) => equals(attribute, Buffer.from(hex, 'hex'))));
    },

    ofUser({ username: name, emails = [] }) {
      const names = typeof name === 'string' && name !== '' ? byName(name) : [];
      const filters = [
        ...names,
        ...emails
          .slice(0, MAX_ADDRESSES)
          .flatMap(({ address }) => (address === '' ? [] : byAddress(address))),
      ];
      return filters.length === 0 ? undefined : anyOf(filters);
    },
  };
}
