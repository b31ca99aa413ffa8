import type { Directory } from '../directory/directory.js';
import type {
  GroupProblem,
  Groups,
  GroupPerson,
  GroupReading,
  Memberships,
  MembershipQuestion,
  PersonMemberships,
} from '../directory/groups.js';
import { answerListed } from './answer-listed.js';
import { askServer } from './ask-server.js';
import { createEachPerson, type EachPersonQuestion } from './each-person-groups.js';
import { toProblems, type QuestionRead } from './group-problems.js';
import { createGroupNodes } from './group-node.js';
import type { ListedQuestion } from './group-search-filters.js';
import { createKeyTable, type KeyTable } from './key-table.js';
import { readListed, type ListedGroups } from './listed-groups.js';
import { readMemberOf, type MemberOfQuestion } from './member-of-groups.js';
import type { GroupSearch } from './read-groups.js';

interface Dependencies extends GroupSearch {
  /** A connection of its own, for questions that are asked of each person while others are being read. */
  readonly openBeside: () => Promise<Directory>;
}

/** How one question is answered. */
interface Answers extends QuestionRead {
  answer(person: GroupPerson): PersonMemberships | Promise<PersonMemberships>;
}

/**
 * The groups of a directory, by searches for groups: their number does not grow with the number of people.
 */
export function createLdapGroups(dependencies: Dependencies): Groups {
  return {
    async read(questions) {
      const beside = createBeside(dependencies.openBeside);
      const table = createKeyTable();
      const listed = await readListed(questions.filter(isListed), createGroupNodes(table), dependencies);
      const answers = new Map<MembershipQuestion, Answers>();
      for (const question of questions) {
        if (isListed(question)) answers.set(question, toAnswers(question, listed.get(question), table));
        else if (isMemberOf(question)) {
          answers.set(question, { isAnyFound: true, ...(await readMemberOf(question, table, dependencies)) });
        } else if (isEachPerson(question)) {
          const each = createEachPerson(question, { ...dependencies, open: beside.open });
          answers.set(question, Object.assign(each, { isAnyFound: true }));
        }
      }
      return toMemberships(answers, dependencies, beside.close);
    },
  };
}

function toAnswers(question: ListedQuestion, groups: ListedGroups | undefined, table: KeyTable): Answers {
  if (!groups) throw new TypeError('The groups of the question were not read.');
  return { ...groups, answer: (person) => answerListed(question, groups, { person, table }) };
}

function toMemberships(
  answers: ReadonlyMap<MembershipQuestion, Answers>,
  search: GroupSearch,
  close: () => void,
): Memberships {
  const of = (question: MembershipQuestion): Answers => {
    const found = answers.get(question);
    if (!found) throw new TypeError('The question was not among those that were read.');
    return found;
  };
  return {
    problems: (): readonly GroupProblem[] =>
      [...answers].flatMap(([question, read]) => toProblems(question, read)),
    reading: (question, group): GroupReading => of(question).reading(group),
    async ask(question, people) {
      const { answer } = of(question);
      const memberships: PersonMemberships[] = [];
      for (const person of people) memberships.push(await answer(person));
      return memberships;
    },
    isMatched: (question, group, person) => askServer({ question, group, person }, search),
    close,
  };
}

/** Opens a connection when it is first needed. */
function createBeside(openBeside: () => Promise<Directory>): {
  readonly open: () => Promise<Directory>;
  readonly close: () => void;
} {
  let opening: Promise<Directory> | undefined;
  return {
    open: () => (opening ??= openBeside()),
    close: () => void opening?.then((directory) => directory.close()).catch(() => undefined),
  };
}

function isListed(question: MembershipQuestion): question is ListedQuestion {
  return question.form.kind === 'listed';
}

function isMemberOf(question: MembershipQuestion): question is MemberOfQuestion {
  return question.form.kind === 'member-of';
}

function isEachPerson(question: MembershipQuestion): question is EachPersonQuestion {
  return question.form.kind === 'each-person';
}
