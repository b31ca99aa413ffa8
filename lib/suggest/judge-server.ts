import { toEvidence } from '../findings/observation.js';
import { FURTHER_STATES } from '../mapping/further-states.js';
import { FURTHER_STATE_ATTRIBUTES } from '../settings/active-state.js';
import { isByCategory } from './read-people.js';
import type { People } from './people.js';
import type { SeenDirectory } from './seen-directory.js';
import type { Proposed } from './suggestion.js';

const PAGED_RESULTS = '1.2.840.113556.1.4.319';
/** What an Active Directory grants; others grant more. */
const PAGE_SIZE = 1_000;
/** What says that somebody is disabled, on its own. */
const STATES = ['userAccountControl', 'nsAccountLock', 'loginDisabled', 'orclIsEnabled'];

/** How the server is asked, and what it says of being disabled. Pure. */
export function judgeServer(people: People, seen: SeenDirectory): readonly Proposed[] {
  return [...proposePaging(seen), ...proposeState(people, seen), ...proposeFurtherState(people, seen)];
}

function proposePaging({ root }: SeenDirectory): readonly Proposed[] {
  if (!root || root.controls.size === 0) return [];
  const pages = root.controls.has(PAGED_RESULTS);
  return [
    {
      setting: 'LDAP_Search_Page_Size',
      value: pages ? PAGE_SIZE : 0,
      ...toEvidence(pages ? 'server-pages' : 'server-perhaps-pages', {}),
      confidence: 'medium',
    },
  ];
}

function proposeState({ of, having }: People, { kind }: SeenDirectory): readonly Proposed[] {
  const found = STATES.map((name) => ({ name, count: having(name) })).filter(({ count }) => count > 0);
  const [best] = found;
  if (!best) return [];
  return [
    {
      setting: 'LDAP_Sync_User_Active_State',
      value: 'disable',
      ...toEvidence('state-seen', { count: best.count, people: of, attribute: best.name }),
      confidence: isByCategory(kind) ? 'high' : 'medium',
      others: [{ value: 'both', ...toEvidence('state-both-ways', {}) }],
    },
  ];
}

/** Nobody is switched off by an attribute only because the directory has it. */
function proposeFurtherState({ entries, of }: People, { now }: SeenDirectory): readonly Proposed[] {
  const telling = FURTHER_STATE_ATTRIBUTES.map((name) => ({
    name,
    count: entries.filter(({ texts }) =>
      (texts.get(name.toLowerCase()) ?? []).some((text) => FURTHER_STATES[name].saysOff(text, now)),
    ).length,
  })).filter(({ count }) => count > 0);
  if (telling.length === 0) return [];
  const counts = telling.map(({ name, count }) => `${name}, ${count}`).join('; ');
  return [
    {
      setting: 'LDAP_Active_State_Attributes',
      value: telling.map(({ name }) => name).join(','),
      ...toEvidence('people-kept-out', { counts, people: of }),
      confidence: 'low',
    },
  ];
}
