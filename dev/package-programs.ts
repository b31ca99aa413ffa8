/** The programs that `npm run test:package` runs and type-checks where the package is installed. */

/** No database is there, so that a mounted plugin answers 503, in its own shape. */
const BODY = `
const app = express();
const ldapSync = createLdapSync({ connection: mongoose.createConnection() });
app.use('/api/v1', ldapSync.router);
app.use('/ldap-sync', ldapSync.page);
const server = app.listen(0, '127.0.0.1', async () => {
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/api/v1/ldap.syncNow', { method: 'POST' });
  const text = await answer.text();
  const type = answer.headers.get('content-type');
  if (answer.status !== 503 || type !== 'application/json') throw new Error(answer.status + ' ' + type + ' ' + text);
  console.log(text);
  const page = await fetch('http://127.0.0.1:' + server.address().port + '/ldap-sync');
  const html = await page.text();
  const [, script] = html.match(/src="[.][/](assets[^"]+)/) ?? [];
  const file = await fetch(new URL(script, page.url));
  if (page.status !== 200 || file.status !== 200) throw new Error('the page: ' + page.status + ' ' + html);
  console.log('the page is there, with ' + (await file.text()).length + ' characters of script');
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

/** The same server, by the client: what it refuses arrives as an error with its kind. */
const CLIENT = `
import express from 'express';
import mongoose from 'mongoose';
import { createLdapSync } from 'chat-ldap-sync';
import { ApiError, createClient } from 'chat-ldap-sync/client';

const app = express();
app.use('/api/v1', createLdapSync({ connection: mongoose.createConnection() }).router);
const server = app.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port + '/api/v1';
  const client = createClient({ url, credentials: () => ({ userId: 'u', authToken: 't' }) });
  const error = await client.status().catch((error) => error);
  if (!(error instanceof ApiError) || error.status !== 503 || error.retryAfterSeconds !== 5) throw error;
  console.log('the client is told: ' + error.errorType);
  server.close();
});
`;

export const PROGRAMS: Readonly<Record<string, string>> = {
  'esm.mjs':
    `import express from 'express';\nimport mongoose from 'mongoose';\nimport { createLdapSync } from ` +
    `'chat-ldap-sync';\n${BODY}`,
  'decodes.mjs': DECODES,
  'client.mjs': CLIENT,
  'cjs.cjs':
    `const express = require('express');\nconst mongoose = require('mongoose');\nconst { createLdapSync ` +
    `} = require('chat-ldap-sync');\n${BODY}`,
};

export const TYPED = `import express from 'express';
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

/** Has to compile for Node, and for browsers without any type of Node. */
export const TYPED_CLIENT = `import {
  ApiError,
  createClient,
  type Answer,
  type Asked,
  type Challenge,
  type Change,
  type LdapSyncClient,
  type RunEvent,
} from 'chat-ldap-sync/client';

const client: LdapSyncClient = createClient({
  url: '/api/v1',
  credentials: async () => ({ userId: 'u', authToken: 't' }),
  secondFactor: async (challenge: Challenge) => ({ method: challenge.method, code: '123456' }),
});
export async function steer(signal: AbortSignal): Promise<readonly Change[]> {
  const { runId } = await client.syncNow({ signal });
  for await (const event of client.runEvents({ runId }, { signal })) tell(event);
  const query: Asked<'runChanges'> = { runId, outcome: 'deactivated', count: 100 };
  const page: Answer<'runChanges'> = await client.runChanges(query);
  const next: number | undefined = page.nextOffset;
  const { held } = await client.status();
  const waiting: number | undefined = held?.deactivations;
  if (waiting !== undefined && held) await client.approveRun({ runId: held.runId, mail: false });
  await client.changeSettings({ settings: { LDAP_Port: 636, LDAP_Host: null } });
  await client.previewSync();
  return next === undefined ? page.changes : [];
}
function tell(event: RunEvent): void {
  const rows: number = event.type === 'finished' ? event.run.attention.length : event.run.attentionCount;
  if (rows < 0) throw new ApiError('No.', { status: 0 });
}
// @ts-expect-error a run has no such state
export const isOdd = (await client.runInfo({ runId: 'x' })).run.state === 'odd';
// @ts-expect-error the run has to be named
void client.runInfo({});
// @ts-expect-error an unknown outcome
void client.runChanges({ runId: 'x', outcome: 'odd' });
// @ts-expect-error an unknown endpoint
void client.deleteEverybody();
// @ts-expect-error a decision starts no run that could be watched
(await client.rejectRun({ runId: 'x' })).runId satisfies string;
// @ts-expect-error status takes no query
void client.status({ count: 1 });
`;
