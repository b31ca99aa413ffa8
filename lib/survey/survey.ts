import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { identifyEntry } from '../mapping/ldap-identity.js';
import { toGuessedName } from '../mapping/username.js';
import type { NamedPart } from '../settings/named-attributes.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { LASTING_IDS } from '../mapping/lasting-ids.js';
import { createCensus, type Census } from './census.js';
import { findLacks, isNeeded } from './find-lacks.js';

/** What the entries of a run show about its settings. It keeps numbers, and no entry. */
export interface Survey {
  readonly census: Census;
  /** Nobody is linked yet, so the attribute that people are told apart by can still be chosen. */
  readonly isFirstImport: boolean;
  /** Attributes to ask for besides those that are mapped. */
  readonly furtherAttributes: readonly string[];
  /** Lower-cased attributes that the ids came from. */
  readonly idAttributes: ReadonlySet<string>;
  addEntries(entries: readonly DirectoryEntry[]): void;
  /** Linked users whose entries were read. */
  addStored(users: Iterable<UserRecord>): void;
  /** How many of those users have a value of this part. */
  storedWith(part: NamedPart): number;
  /** Whether something that is needed has not been seen yet, and may be in further entries. */
  wantsMore(): boolean;
}

/** So many entries are looked at before it is said that none has an attribute. */
const LOOKED_AT = 1_000;

interface SurveyOptions {
  readonly isFirstImport: boolean;
  /** The entries come without values, by the names of their attributes alone. */
  readonly isNamesOnly?: boolean;
}

type Has = (user: UserRecord) => boolean;

/** Whether a user has what the directory gave of a part. */
const STORED: Partial<Readonly<Record<NamedPart, Has>>> = {
  // A name that was made of the user name is none of the directory's.
  name: ({ name, username }) => name !== undefined && name !== toGuessedName(username ?? ''),
  emails: ({ emails }) => Array.isArray(emails) && emails.length > 0,
  homeServer: ({ federated }) => federated === true,
  photo: ({ avatarETag }) => avatarETag !== undefined,
  sipExtension: ({ sipExtension }) => Boolean(sipExtension),
};

export function createSurvey(
  { survey: { named }, mapping }: Pick<SyncSettings, 'survey' | 'mapping'>,
  { isFirstImport, isNamesOnly = false }: SurveyOptions,
): Survey {
  const furtherAttributes = isFirstImport ? LASTING_IDS : [];
  const census = createCensus({ named, others: furtherAttributes, isNamesOnly });
  const needed = named.filter(isNeeded);
  const idAttributes = new Set<string>();
  const stored = new Map<NamedPart, number>();

  return {
    census,
    isFirstImport,
    furtherAttributes,
    idAttributes,
    addEntries(entries) {
      for (const entry of entries) {
        census.add(entry);
        const idAttribute = isNamesOnly
          ? mapping.idAttributes.find((name) => entry.attributes.has(name.toLowerCase()))
          : identifyEntry(entry, mapping.idAttributes)?.idAttribute;
        if (idAttribute !== undefined) idAttributes.add(idAttribute.toLowerCase());
      }
    },
    addStored(users) {
      for (const user of users)
        for (const [part, has] of Object.entries(STORED) as [NamedPart, Has][])
          if (has(user)) stored.set(part, (stored.get(part) ?? 0) + 1);
    },
    storedWith: (part) => stored.get(part) ?? 0,
    wantsMore: () =>
      census.entries < LOOKED_AT && (census.entries === 0 || findLacks(census, needed).length > 0),
  };
}
