import type { Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import type { UserWrite } from './user-store.js';

/** Where a user has the telephone extension. */
export type ExtensionPlace = 'sipExtension' | 'freeSwitchExtension';

/** The migration of Rocket.Chat that gives the field its newer name. */
const RENAMING_MIGRATION = 350;

/**
 * Where the chat server of this database has extensions. What its migrations say counts first, since an older
 * version of this package wrote `sipExtension` for everybody. Without them it is no database of Rocket.Chat, and
 * only what users have can tell.
 */
export async function readExtensionPlace(connection: Connection): Promise<ExtensionPlace> {
  const migrations = openCollection<{ _id: string; version?: unknown }>(connection, 'migrations');
  const control = await migrations.findOne({ _id: 'control' }, { projection: { version: 1 } });
  if (typeof control?.version === 'number')
    return control.version >= RENAMING_MIGRATION ? 'sipExtension' : 'freeSwitchExtension';
  const older = await userCollection(connection).findOne(
    { freeSwitchExtension: { $gt: '' } },
    { projection: { _id: 1 } },
  );
  return older ? 'freeSwitchExtension' : 'sipExtension';
}

/**
 * Whether the user has an extension. Only then has it to be known where the chat server keeps them: finding
 * out may cost a scan.
 */
export function hasExtension({ sipExtension, freeSwitchExtension }: UserRecord): boolean {
  return sipExtension !== undefined || freeSwitchExtension !== undefined;
}

/** Whether the write says something of the extension. */
export function writesExtension(write: UserWrite): boolean {
  if (write.kind === 'insert') return write.user.sipExtension !== undefined;
  return 'sipExtension' in write.set || (write.unset ?? []).includes('sipExtension');
}

/** The stored user, with the extension where the engine looks for it. */
export function withReadExtension(user: UserRecord, place: ExtensionPlace): UserRecord {
  if (place === 'sipExtension') return user;
  const { freeSwitchExtension: sipExtension, ...others } = user;
  delete others.sipExtension;
  return sipExtension === undefined ? others : { ...others, sipExtension };
}

/** The write, with the extension where the chat server looks for it. */
export function withStoredExtension(write: UserWrite, place: ExtensionPlace): UserWrite {
  if (place === 'sipExtension') return write;
  const toPlace = (path: string): string => (path === 'sipExtension' ? place : path);
  if (write.kind === 'insert') return { kind: 'insert', user: withPlaces(write.user, toPlace) };
  const { set, unset } = write;
  return { ...write, set: withPlaces(set, toPlace), ...(unset ? { unset: unset.map(toPlace) } : {}) };
}

function withPlaces<Fields extends object>(fields: Fields, toPlace: (path: string) => string): Fields {
  return Object.fromEntries(Object.entries(fields).map(([path, value]) => [toPlace(path), value])) as Fields;
}
