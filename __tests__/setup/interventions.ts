import type { Connection, mongo } from 'mongoose';
import { openCollection } from '../../models/database.js';
import type { RunReport } from '../../models/run-report.js';
import type { Engine } from './engine.js';

type Operation = (...args: unknown[]) => Promise<unknown>;

/** An operation of the engine: the `nth` of that kind from now on. */
export interface Moment {
  readonly collection: string;
  readonly method: 'updateOne' | 'updateMany' | 'insertOne' | 'insertMany' | 'bulkWrite' | 'findOneAndUpdate';
  readonly nth?: number;
  /** Those with other arguments do not count. */
  readonly isMeant?: (args: readonly unknown[]) => boolean;
}

/** A transaction of removals writes what became of them; nothing else does. */
export const removals = (nth = 1): Moment => ({
  collection: 'ldap_sync_changes',
  method: 'bulkWrite',
  nth,
  // The driver inserts several documents by a bulk write, too.
  isMeant: ([operations]) => 'updateOne' in ((operations as object[])[0] ?? {}),
});

/** Removals are collected before anything is taken away. */
export const collected = (): Moment => ({ collection: 'ldap_sync_changes', method: 'insertMany' });

export interface Interventions {
  /** Once, right before the operation. */
  before(moment: Moment, act: () => Promise<unknown> | undefined): void;
  /** Once, right before a transaction reads again the users about whom everything was planned. */
  beforeReread(act: () => Promise<unknown>): void;
  /** Somebody cancels the run that is going, right after the operation and before its transaction is committed. */
  cancelAfter(moment: Moment): void;
  /**
   * The host of the run that `work` starts is gone from that operation on: nothing of the open transaction is
   * committed, its record stays `running`, and its lease expires. Gives the report as others see it afterwards.
   */
  killAt(moment: Moment, work: () => Promise<RunReport>): Promise<RunReport>;
}

interface Dependencies {
  readonly connection: () => Connection;
  readonly engine: () => Pick<Engine, 'cancel'>;
  /** Calls when a run of this host has ended, though it could not write that down. */
  readonly onceEnded: (listener: () => void) => void;
}

/** What others do, or what befalls the host, at a chosen moment of a run. */
export function createInterventions({ connection, engine, onceEnded }: Dependencies): Interventions {
  // The very object that the engine uses.
  const open = (name: string): Record<string, Operation> =>
    openCollection(connection(), name) as unknown as Record<string, Operation>;
  const leases = () => openCollection(connection(), 'ldap_sync_lease');

  /** Replaces an operation until the returned function is called. */
  function replace(
    { collection, method }: Moment,
    by: (original: Operation, args: unknown[]) => Promise<unknown>,
  ): () => void {
    const target = open(collection);
    const earlier = Object.getOwnPropertyDescriptor(target, method);
    const original = target[method]!.bind(target);
    target[method] = (...args) => by(original, args);
    return () => {
      if (earlier) Object.defineProperty(target, method, earlier);
      else Reflect.deleteProperty(target, method);
    };
  }

  function around(moment: Moment, by: (original: () => Promise<unknown>) => Promise<unknown>): void {
    let calls = 0;
    const restore = replace(moment, (original, args) => {
      const isMeant = moment.isMeant?.(args) ?? true;
      if (isMeant) calls += 1;
      if (!isMeant || calls !== (moment.nth ?? 1)) return original(...args);
      restore();
      return by(() => original(...args));
    });
  }

  return {
    before: (moment, act) =>
      around(moment, async (original) => {
        await act();
        return original();
      }),

    beforeReread(act) {
      const users = open('users') as unknown as { find: (...args: unknown[]) => mongo.FindCursor };
      const original = users.find.bind(users);
      users.find = (...args) => {
        const cursor = original(...args);
        if (!(args[1] as { session?: unknown } | undefined)?.session) return cursor;
        delete (users as Partial<typeof users>).find;
        const read = cursor.toArray.bind(cursor);
        cursor.toArray = async () => {
          await act();
          return read();
        };
        return cursor;
      };
    },

    cancelAfter: (moment) =>
      around(moment, async (original) => {
        const result = await original();
        const lease = (await leases().findOne({ _id: 'ldap-sync' })) as { runId?: string } | null;
        await engine().cancel(lease?.runId ?? '');
        return result;
      }),

    async killAt(moment, work) {
      let isDead = false;
      const die: Parameters<typeof replace>[1] = (original, args) =>
        isDead ? Promise.reject(new Error('The host is gone.')) : original(...args);
      const restores = [
        replace({ collection: 'ldap_sync_lease', method: 'updateOne' }, die),
        replace({ collection: 'ldap_sync_lease', method: 'findOneAndUpdate' }, die),
        replace({ collection: 'ldap_sync_runs', method: 'updateOne' }, die),
      ];
      around(moment, () => {
        isDead = true;
        return Promise.reject(new Error('The host is gone.'));
      });
      const ended = new Promise<void>((resolve) => onceEnded(resolve));
      const report = work();
      await ended;
      for (const restore of restores) restore();
      expect(isDead).toBe(true);
      await leases().updateMany({ expiresAt: { $exists: true } }, { $set: { expiresAt: new Date(0) } });
      return report;
    },
  };
}
