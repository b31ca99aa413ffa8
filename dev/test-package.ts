/**
 * Packs the package, installs the tarball into empty projects and mounts it there, by `import` and by
 * `require`, under Express 5 and 4, with types. Looks for links and maps in it that point at nothing. Exits 1
 * when one of these fails.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDanglingLinks, findMissingMaps, listFiles } from './dangling-links.js';

const root = join(import.meta.dirname, '..');
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

/** No database is there, so that a mounted plugin answers 503, in its own shape. */
const BODY = `
const app = express();
app.use('/api/v1', createLdapSync({ connection: mongoose.createConnection() }).router);
const server = app.listen(0, '127.0.0.1', async () => {
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/api/v1/ldap.syncNow', { method: 'POST' });
  const text = await answer.text();
  const type = answer.headers.get('content-type');
  if (answer.status !== 503 || type !== 'application/json') throw new Error(answer.status + ' ' + type + ' ' + text);
  console.log(text);
  server.close();
});
`;

/** The decoder is a program of its own: it has to be in the package, and to find sharp from there. */
const DECODES = `
const folder = new URL('./node_modules/chat-ldap-sync/dist/lib/sync/avatars/', import.meta.url);
const { createPhotoDecoder } = await import(new URL('photo-decoder.js', folder));
const { preparePhoto } = await import(new URL('photo.js', folder));
const gif = Buffer.from('R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=', 'base64');
const image = await preparePhoto(gif, { size: 20, resize: true }, { decoder: createPhotoDecoder() });
console.log('a photo becomes ' + image.length + ' bytes');
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'esm.mjs':
    `import express from 'express';\nimport mongoose from 'mongoose';\nimport { createLdapSync } from ` +
    `'chat-ldap-sync';\n${BODY}`,
  'decodes.mjs': DECODES,
  'cjs.cjs':
    `const express = require('express');\nconst mongoose = require('mongoose');\nconst { createLdapSync ` +
    `} = require('chat-ldap-sync');\n${BODY}`,
};

const TYPED = `import express from 'express';
import mongoose from 'mongoose';
import { createLdapSync, LdapSyncError, type RunReport } from 'chat-ldap-sync';

const ldapSync = createLdapSync({ connection: mongoose.connection });
express().use('/api/v1', ldapSync.router);
export const report: Promise<RunReport> = ldapSync.sync();
export const isOurs = (error: unknown): boolean => error instanceof LdapSyncError && error.code === 'directory-bind';
// @ts-expect-error the connection is required
createLdapSync({});
// @ts-expect-error an unknown option
createLdapSync({ connection: mongoose.connection, conection: 1 });
`;

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** In what a user gets, everything that is pointed at has to be there. */
function assertNothingDangles(packed: string): void {
  const dangling = [...findDanglingLinks(packed, listFiles(packed, '.md')), ...findMissingMaps(packed)];
  if (dangling.length > 0) throw new Error(`The package points at what it lacks:\n${dangling.join('\n')}`);
  process.stdout.write('links and maps: everything that the package points at is there\n');
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
    assertNothingDangles(join(project, 'node_modules', 'chat-ldap-sync'));
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
    run(
      'npx',
      [
        'tsc',
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2023',
        '--types',
        'node',
        'typed.mts',
      ],
      project,
    );
    process.stdout.write('types: the published declarations compile under strict\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
