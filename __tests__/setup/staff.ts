import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { toPerson, type Values } from './histories.js';
import { BASE } from './memory-directory.js';

/** Where people go who leave `BASE` and are still in the directory. */
export const ALUMNI = 'ou=alumni,dc=x';

type Changes = Readonly<Record<string, Values[string] | undefined>> & { readonly uid?: string };

interface Employee {
  readonly base: string;
  readonly values: Changes;
}

/**
 * The people of a directory in memory, who come, change and go between two runs. A person is named by the
 * user name of the first day, and keeps the id.
 */
export interface Staff {
  entries(): readonly DirectoryEntry[];
  hire(name: string, values?: Values): void;
  leave(...names: string[]): void;
  /** Other values of some attributes; `undefined` takes an attribute away. */
  change(name: string, values: Changes): void;
  /** The entry's DN goes with the user name. */
  rename(name: string, to: string): void;
  moveOut(...names: string[]): void;
  moveBack(...names: string[]): void;
}

export function createStaff(names: readonly string[]): Staff {
  const employees = new Map<string, Employee>();

  function get(name: string): Employee {
    const employee = employees.get(name);
    if (!employee) throw new Error(`Nobody called ${name} is on the staff.`);
    return employee;
  }
  const move = (base: string) => (moving: string[]) => {
    for (const name of moving) employees.set(name, { ...get(name), base });
  };

  const staff: Staff = {
    entries: () =>
      [...employees].map(
        ([
          name,
          {
            base,
            values: { uid = name, ...values },
          },
        ]) => toPerson(uid, { entryUUID: `id-${name}`, mail: `${name}@x.org`, ...defined(values) }, base),
      ),
    hire: (name, values = {}) => void employees.set(name, { base: BASE, values }),
    leave: (...leaving) => {
      for (const name of leaving) if (!employees.delete(name)) get(name);
    },
    change: (name, values) => {
      const { base, values: others } = get(name);
      employees.set(name, { base, values: { ...others, ...values } });
    },
    rename: (name, to) => staff.change(name, { uid: to }),
    moveOut: (...moving) => move(ALUMNI)(moving),
    moveBack: (...moving) => move(BASE)(moving),
  };
  for (const name of names) staff.hire(name);
  return staff;
}

/** An attribute without a value is one that the entry does not have. */
function defined(values: Changes): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? []]));
}
