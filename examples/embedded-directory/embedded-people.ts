import type { StoredEntry } from './entry.js';
import { createGroups, createStructure } from './organisation.js';
import { toPersonEntry, toUuid, type EmbeddedPerson, type Unit } from './person.js';

/**
 * The people of the directory, to be changed while it runs. Each method throws when there is nobody by that
 * `uid`.
 */
export interface EmbeddedPeople {
  list(): readonly EmbeddedPerson[];
  get(uid: string): EmbeddedPerson;
  /** Throws when the `uid` is taken. */
  add(person: EmbeddedPerson): void;
  /** Changes names or the address. With a new `uid` the DN changes; the `entryUUID` never does. */
  rename(
    uid: string,
    changes: Partial<Pick<EmbeddedPerson, 'uid' | 'givenName' | 'sn' | 'displayName' | 'mail'>>,
  ): void;
  /** To another unit, and so to another DN. */
  move(uid: string, unit: Unit): void;
  remove(uid: string): void;
  /** `undefined` takes the photo away. */
  changePhoto(uid: string, photo: Buffer | undefined): void;
  disable(uid: string, disabled?: boolean): void;
}

/** Holds the entries: the structure, the people, and the groups that follow from them. */
export function createEmbeddedPeople(initial: readonly EmbeddedPerson[]): {
  people: EmbeddedPeople;
  entries(): readonly StoredEntry[];
} {
  const structure = createStructure();
  const byUid = new Map<string, { readonly person: EmbeddedPerson; readonly entry: StoredEntry }>();

  function put(person: EmbeddedPerson): void {
    byUid.set(person.uid, { person, entry: toPersonEntry(person, new Date()) });
  }

  function get(uid: string): EmbeddedPerson {
    const found = byUid.get(uid);
    if (!found) throw new Error(`There is nobody with the uid ${uid} in the embedded directory.`);
    return found.person;
  }

  function add(person: EmbeddedPerson): void {
    if (byUid.has(person.uid)) throw new Error(`There is a ${person.uid} in the embedded directory already.`);
    put({ entryUUID: toUuid(person.uid), ...person });
  }

  function change(uid: string, changes: Partial<EmbeddedPerson>): void {
    const person = { ...get(uid), ...changes };
    if (person.uid !== uid) {
      add(person);
      byUid.delete(uid);
    } else {
      put(person);
    }
  }

  for (const person of initial) add(person);

  return {
    people: {
      list: () => [...byUid.values()].map(({ person }) => person),
      get,
      add,
      rename: change,
      move: (uid, unit) => change(uid, { unit }),
      remove(uid) {
        get(uid);
        byUid.delete(uid);
      },
      changePhoto: (uid, photo) => change(uid, { photo }),
      disable: (uid, disabled = true) => change(uid, { disabled }),
    },
    entries: () => [
      ...structure,
      ...[...byUid.values()].map(({ entry }) => entry),
      ...createGroups([...byUid.values()]),
    ],
  };
}
