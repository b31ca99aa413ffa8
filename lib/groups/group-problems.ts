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

const KEPT = 'nothing is given and nothing is taken away on their account';

interface Words {
  readonly what: string;
  readonly remedy: (settings: MembershipQuestion['settings']) => string;
  readonly setting: keyof MembershipQuestion['settings'];
}

const WORDS: Readonly<Record<Exclude<GroupState, 'read' | 'unread'>, Words>> = {
  missing: {
    what: 'are not found',
    remedy: ({ groups, base, filter }) =>
      `Correct the names in ${groups}, or ${base} and ${filter}; a group that is gone for good has to be ` +
      `taken out of ${groups}.`,
    setting: 'groups',
  },
  empty: {
    what: 'show no member',
    remedy: ({ filter, groups }) =>
      `Let the service account read the members, and correct ${filter}. A group that is meant to be ` +
      'empty cannot be told from one that hides its members: put anybody into it, or take it out of ' +
      `${groups}.`,
    setting: 'groups',
  },
  dynamic: {
    what: 'are dynamic (memberURL: the answer to a search), or have such a group in them',
    remedy: ({ groups }) => `Name groups that list their members in ${groups}.`,
    setting: 'groups',
  },
  cut: {
    what: 'are not wholly shown, or have groups in them that are not',
    remedy: () =>
      'Let the service account read all members of these groups and of the groups in them, and the ' +
      'entries of all members; take members that are gone, and groups without members, out of the groups ' +
      'they are in.',
    setting: 'groups',
  },
};

/** What an administrator should mend; one problem of each kind. */
export function toProblems(question: MembershipQuestion, read: QuestionRead): readonly GroupProblem[] {
  const { settings, groups, baseDN } = question;
  if (groups.length === 0) return [];
  if (read.failure) {
    return [
      {
        setting: settings.base,
        message: `The groups of ${settings.groups} could not be read, so ${KEPT}: ${read.failure.message}`,
        remedy: read.failure.remedy,
      },
    ];
  }
  // Of one group, the name is as likely to be wrong as the place.
  if (!read.isAnyFound && groups.length > 1) {
    return [
      {
        setting: settings.base,
        message:
          `None of the groups of ${settings.groups} was found under ` +
          `${JSON.stringify(baseDN.slice(0, 200))}, so ${KEPT}.`,
        remedy:
          `Correct ${settings.base}, ${settings.filter} or the names in ${settings.groups}, and let the ` +
          'service account read the groups.',
      },
    ];
  }
  return (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((state) => {
    const names = groups.filter((group) => read.reading(group).state === state);
    return names.length > 0 ? [toProblem(names, WORDS[state], settings)] : [];
  });
}

function toProblem(
  names: readonly string[],
  { what, remedy, setting }: Words,
  settings: MembershipQuestion['settings'],
): GroupProblem {
  const listed = names.slice(0, MAX_LISTED).map((name) => JSON.stringify(name.slice(0, 100)));
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  return {
    setting: settings[setting],
    message: `Groups of ${settings.groups} that ${what}: ${listed.join(', ')}${more}; ${KEPT}.`,
    remedy: remedy(settings),
  };
}
