import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { LdapSyncError } from '../errors.js';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly zipped: Buffer;
}

/** What the build made: `index.html`, and the files that it names. */
export interface PageFiles {
  readonly index: string;
  /** By name; nothing else is ever read for a request. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

/** Beside this file in the package; in a clone, where the build of the clone is. */
const FOLDERS = ['../../ui/', '../../dist/ui/'].map((path) => new URL(path, import.meta.url));
const NAME = /^[\w-][\w.-]{0,99}$/;
const table = z.record(z.string().regex(NAME), z.string().regex(/^[a-z]+\/[a-z+-]+(; charset=utf-8)?$/));
const compress = promisify(gzip);

/** Rejects with a remedy when the page was not built. What has been read once is kept. */
export function createPageFiles(folders: readonly URL[] = FOLDERS): () => Promise<PageFiles> {
  let read: Promise<PageFiles> | undefined;
  return () => {
    read ??= readFiles(folders);
    read.catch(() => (read = undefined));
    return read;
  };
}

async function readFiles(folders: readonly URL[]): Promise<PageFiles> {
  for (const folder of folders) {
    const list = await readFile(new URL('files.json', folder), 'utf8').catch(() => undefined);
    if (list === undefined) continue;
    const names = Object.entries(table.parse(JSON.parse(list)));
    const assets = names.map(async ([name, type]) => {
      const bytes = await readFile(new URL(`assets/${name}`, folder));
      return [name, { type, bytes, zipped: await compress(bytes) }] as const;
    });
    const index = await readFile(new URL('index.html', folder), 'utf8');
    return { index, assets: new Map(await Promise.all(assets)) };
  }
  throw new LdapSyncError('page-not-built', 'The files of the admin page are not there.', {
    remedy: 'Build them: npm run build:page, in the folder of chat-ldap-sync. The package from npm has them.',
  });
}
