import type { AllFindingWords } from './finding-words.js';
import { binds } from './findings-de/binds.js';
import { changes } from './findings-de/changes.js';
import { connections } from './findings-de/connections.js';
import { fields } from './findings-de/fields.js';
import { grants } from './findings-de/grants.js';
import { groups } from './findings-de/groups.js';
import { hosts } from './findings-de/hosts.js';
import { people } from './findings-de/people.js';
import { searches } from './findings-de/searches.js';
import { values } from './findings-de/values.js';
import { variables } from './findings-de/variables.js';

/** What is said of settings, in German; the English is the server's. What a parameter holds is the server's own text. */
export const findingsDe: AllFindingWords = {
  ...values,
  ...changes,
  ...hosts,
  ...connections,
  ...binds,
  ...searches,
  ...people,
  ...fields,
  ...variables,
  ...groups,
  ...grants,
};
