/**
 * Breaks the pure decisions of a run, one by one, and asks the tests of each whether they notice: a mutant is met by the
 * tests of its own file only, so that it costs a second, and so that no far-away test is what holds a rule.
 * Names of subjects as arguments choose; none are all. Ends with 1 when a score is below {@link LEAST}.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Percent of the mutants that have to be noticed. */
const LEAST = 95;
const KINDS = 'sync/removals/kinds';
const OF_KINDS = [`${KINDS}/words.test.ts`, `${KINDS}/table.test.ts`];

/** Of each subject, below `lib`, its tests below `__tests__`. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'sync/removals/guard': ['sync/removals/guard.test.ts'],
  'sync/removals/check-amount': ['sync/removals/guard.test.ts'],
  'sync/plan/match': ['sync/plan/match.test.ts'],
  'sync/plan/plan-page': ['sync/plan/*.test.ts', 'properties/plan-page.test.ts'],
  'sync/plan/diff': ['sync/plan/*.test.ts', 'properties/diff.test.ts'],
  [`${KINDS}/rename`]: [`${KINDS}/kinds.test.ts`, ...OF_KINDS],
  [`${KINDS}/clear`]: [`${KINDS}/kinds.test.ts`, `${KINDS}/taken-roles.test.ts`, ...OF_KINDS],
  [`${KINDS}/deactivate`]: [`${KINDS}/kinds.test.ts`, ...OF_KINDS],
  [`${KINDS}/photo`]: [`${KINDS}/kinds.test.ts`, ...OF_KINDS],
  [`${KINDS}/reactivate`]: OF_KINDS,
  [`${KINDS}/membership`]: [`${KINDS}/membership.test.ts`, ...OF_KINDS],
  [`${KINDS}/release`]: [`${KINDS}/release.test.ts`, ...OF_KINDS],
  [`${KINDS}/merge`]: [`${KINDS}/pairs.test.ts`, `${KINDS}/connected.test.ts`, ...OF_KINDS],
  [`${KINDS}/relink`]: [`${KINDS}/pairs.test.ts`, `${KINDS}/connected.test.ts`, ...OF_KINDS],
  [`${KINDS}/taken-roles`]: [`${KINDS}/taken-roles.test.ts`],
};

const root = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const subjects = Object.entries(SUBJECTS).filter(
  ([name]) => wanted.length === 0 || wanted.some((one) => name.endsWith(one)),
);
if (subjects.length === 0)
  throw new Error(`There is no such subject. There are: ${Object.keys(SUBJECTS).join(', ')}`);

const scores = subjects.map(([name, tests]) => ({ name, ...measure(name, tests) }));
for (const { name, noticed, all } of scores)
  process.stdout.write(`${toPercent({ noticed, all }).padStart(6)} %  ${noticed} of ${all}  ${name}\n`);
if (scores.some(({ noticed, all }) => noticed * 100 < LEAST * all)) process.exitCode = 1;

interface Score {
  readonly noticed: number;
  readonly all: number;
}

function measure(name: string, tests: readonly string[]): Score {
  process.stderr.write(`${name}\n`);
  const report = join(root, '.cache', 'stryker', 'mutation.json');
  const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', `lib/${name}.ts`], {
    cwd: root,
    env: { ...process.env, MUTATION_TESTS: tests.join(',') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)} for ${name}.`);
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
  };
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const lost = mutants.filter(({ status }) => !['Killed', 'Timeout'].includes(status));
  for (const { status, mutatorName, location, replacement } of lost)
    process.stderr.write(`  line ${location.start.line}: ${status}, ${mutatorName} → ${replacement ?? ''}\n`);
  return { noticed: mutants.length - lost.length, all: mutants.length };
}

/** As Stryker's report has it. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number } };
}

function toPercent({ noticed, all }: Score): string {
  return ((noticed * 100) / Math.max(1, all)).toFixed(1);
}
