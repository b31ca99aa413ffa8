/**
 * Packs the package, installs the tarball into empty projects and mounts it there, by `import` and by
 * `require`, under Express 5 and 4, with types. Looks for links and maps in it that point at nothing. Exits 1
 * when one of these fails.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS, TYPED, TYPED_CLIENT } from './package-programs.js';
import { findDanglingLinks, findMissingMaps, listFiles } from './dangling-links.js';

const root = join(import.meta.dirname, '..');
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

/** What a program in Node knows, and what a page in a browser does. */
const NODE = { types: ['node'] };
const BROWSER = { types: [], lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'] };
const TYPED_FOR = [
  ['typed.mts', NODE],
  ['client.mts', NODE],
  ['client.mts', BROWSER],
] as const;

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** In what a user gets, everything that is pointed at has to be there. */
function assertNothingDangles(packed: string): void {
  const dangling = [...findDanglingLinks(packed, listFiles(packed, '.md')), ...findMissingMaps(packed)];
  if (dangling.length > 0) throw new Error(`The package points at what it lacks:\n${dangling.join('\n')}`);
  process.stdout.write('links and maps: everything that the package points at is there\n');
}

/** A browser has neither npm packages nor what Node has built in. */
function assertClientStandsAlone(packed: string): void {
  const client = join(packed, 'dist', 'client');
  const foreign = readdirSync(client)
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [
      ...readFileSync(join(client, name), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g),
    ])
    .filter(([, module = '']) => !/^\.\/[\w-]+\.js$/.test(module));
  if (foreign.length > 0)
    throw new Error(`The client imports ${foreign.map(([, module]) => module).join(', ')}`);
  process.stdout.write('client: nothing but its own files is imported\n');
}

const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-package-'));
try {
  const tarball = join(
    folder,
    run('npm', ['pack', '--silent', '--pack-destination', folder], root).trim().split('\n').at(-1) ?? '',
  );
  for (const express of [devDependencies.express, '^4.21.0']) {
    const project = mkdtempSync(join(folder, 'project-'));
    writeFileSync(join(project, 'package.json'), '{"name":"empty","private":true}\n');
    run(
      'npm',
      [
        'install',
        '--silent',
        '--no-audit',
        '--no-fund',
        tarball,
        `express@${express ?? '5'}`,
        `mongoose@${devDependencies.mongoose ?? '9'}`,
      ],
      project,
    );
    const installed = join(project, 'node_modules', 'chat-ldap-sync');
    assertNothingDangles(installed);
    assertClientStandsAlone(installed);
    for (const [name, program] of Object.entries(PROGRAMS)) {
      writeFileSync(join(project, name), program);
      process.stdout.write(`express ${express ?? ''} ${name}: ${run(process.execPath, [name], project)}`);
    }
    if (express !== devDependencies.express) continue;
    writeFileSync(join(project, 'typed.mts'), TYPED);
    run(
      'npm',
      [
        'install',
        '--silent',
        '--no-audit',
        '--no-fund',
        '--save-dev',
        ...['typescript', '@types/node', '@types/express'].map(
          (name) => `${name}@${devDependencies[name] ?? 'latest'}`,
        ),
      ],
      project,
    );
    writeFileSync(join(project, 'client.mts'), TYPED_CLIENT);
    for (const [file, platform] of TYPED_FOR) {
      const compilerOptions = {
        noEmit: true,
        strict: true,
        module: 'nodenext',
        target: 'es2023',
        ...platform,
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
      run('npx', ['tsc'], project);
    }
    process.stdout.write('types: the published declarations compile under strict\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
