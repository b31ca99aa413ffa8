import { toFinding, type FindingCode } from '../findings/finding.js';
import type { GroupProblem, GroupReading, GroupState, MembershipQuestion } from '../directory/groups.js';
import type { Failure } from './read-groups.js';

/** What was read of the groups of one question. */
export interface QuestionRead {
  readonly failure: Failure | undefined;
  readonly isAnyFound: boolean;
  reading(group: string): GroupReading;
}

/** More names are not listed. */
const MAX_LISTED = 10;

const CODES = {
  missing: 'groups-missing',
  empty: 'groups-empty',
  dynamic: 'groups-dynamic',
  cut: 'groups-cut',
} as const satisfies Readonly<Record<Exclude<GroupState, 'read' | 'unread'>, FindingCode>>;

/** What an administrator should mend; one problem of each kind. */
export function toProblems(question: MembershipQuestion, read: QuestionRead): readonly GroupProblem[] {
  const { settings, groups, baseDN } = question;
  if (groups.length === 0) return [];
  if (read.failure) {
    const { message: why, remedy: todo } = read.failure;
    return [
      { setting: settings.base, ...toFinding('groups-unread', { groups: settings.groups, why, todo }) },
    ];
  }
  // Of one group, the name is as likely to be wrong as the place.
  if (!read.isAnyFound && groups.length > 1) {
    const base = JSON.stringify(baseDN.slice(0, 200));
    const { base: setting, filter, groups: listed } = settings;
    return [{ setting, ...toFinding('groups-nowhere', { groups: listed, base, setting, filter }) }];
  }
  return (Object.keys(CODES) as (keyof typeof CODES)[]).flatMap((state) => {
    const names = groups.filter((group) => read.reading(group).state === state);
    return names.length > 0 ? [toProblem(names, CODES[state], settings)] : [];
  });
}

function toProblem(
  names: readonly string[],
  code: (typeof CODES)[keyof typeof CODES],
  { groups, base, filter }: MembershipQuestion['settings'],
): GroupProblem {
  const listed = names.slice(0, MAX_LISTED).map((name) => JSON.stringify(name.slice(0, 100)));
  const more = names.length > MAX_LISTED ? names.length - MAX_LISTED : undefined;
  return {
    setting: groups,
    ...toFinding(code, { groups, setting: base, filter, names: listed.join(', '), more }),
  };
}
