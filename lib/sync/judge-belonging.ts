import type { SyncSettings } from '../settings/sync-settings.js';
import type { Belonging } from './belonging/belonging.js';
import type { SweepState } from './removals/sweep-state.js';
import type { ActiveRun } from './run/active-run.js';
import type { Tally } from './run/tally.js';

/** Says what is wrong with the groups, each once, however often it is called: a run may end before it is asked. */
export function createGroupTeller(
  tally: Pick<Tally, 'problem'>,
): (belonging: Pick<Belonging, 'problems'>) => void {
  const told = new Set<string>();
  return ({ problems }) => {
    for (const problem of problems()) {
      if (told.has(problem.message)) continue;
      told.add(problem.message);
      tally.problem(problem);
    }
  };
}

/**
 * Says what is wrong with the group whose members are synced. False when the run has not done what the
 * settings ask: the group does not say who is in it, or it has none of the people.
 */
export function judgeBelonging(
  { isKnown }: Pick<Belonging, 'isKnown'>,
  { read, outsideGroup, seen }: Pick<SweepState, 'read' | 'outsideGroup' | 'seen'>,
  {
    run: { tally },
    settings: { groupFilter },
  }: { readonly run: Pick<ActiveRun, 'tally'>; readonly settings: SyncSettings },
): boolean {
  if (!groupFilter || !isKnown) return isKnown;
  if (outsideGroup === 0 || seen.size > 0) return true;
  tally.problem({
    setting: 'LDAP_Group_Filter_Group_Member_Format',
    message:
      `Of ${read} entries none is in the group ${JSON.stringify(groupFilter.group.slice(0, 100))}, ` +
      'though it lists members.',
    remedy:
      'Let LDAP_Group_Filter_Group_Member_Format say what LDAP_Group_Filter_Group_Member_Attribute holds ' +
      'of a member (#{userdn} for a DN, #{username} for a name), and let LDAP_User_Search_Filter find ' +
      'the members.',
  });
  return false;
}
