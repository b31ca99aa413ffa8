import { startMongo } from '../../dev/mongodb.js';
import type { Mongo } from '../../dev/mongo-server.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

export interface StoppableMongo {
  /** An empty database on it. */
  open(): Promise<TestDatabase>;
  /** From now on it answers nobody, and nobody is told that it is gone. */
  silence(): void;
  /** It answers again, what was asked meanwhile, too. */
  goOn(): void;
}

/** For the suite it is called in: a server of its own, since the others share theirs. */
export function useStoppableMongo(): StoppableMongo {
  let mongo: Mongo | undefined;
  const signal = (name: NodeJS.Signals): void => {
    if (mongo?.pid === undefined) throw new Error('Only a server that was started here can be stopped.');
    process.kill(mongo.pid, name);
  };

  beforeAll(async () => {
    // Also where MONGO_URL names a server: that one is not ours to stop.
    mongo = await startMongo({ ...process.env, MONGO_URL: undefined });
  });
  // What is stopped while a test fails would keep the database from being dropped.
  afterEach(() => signal('SIGCONT'));
  afterAll(() => mongo?.stop());

  return {
    open: () => openTestDatabase(mongo?.url),
    silence: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
  };
}
