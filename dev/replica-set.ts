/** Runs one command on the server's database `admin`, and gives the answer. Rejects when the server refuses it. */
export type RunCommand = (
  command: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

export interface ReplicaSetMember {
  readonly runCommand: RunCommand;
  /** As clients reach it, since the server tells them to come there: `host:port`. */
  readonly address: string;
  /** Between two questions; a port for tests. */
  readonly pause?: () => Promise<void>;
}

export const REPLICA_SET = 'rs0';
const PAUSE_MS = 50;
const MOST_QUESTIONS = 1_200;
const ALREADY_INITIALIZED = 23;

/**
 * Makes a mongod that was started with `--replSet` a replica set of one, and waits until it takes writes.
 * Throws when the server refuses, or has not become primary after a minute.
 */
export async function initiateReplicaSet({ runCommand, address, pause }: ReplicaSetMember): Promise<void> {
  const config = { _id: REPLICA_SET, members: [{ _id: 0, host: address }] };
  await runCommand({ replSetInitiate: config }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== ALREADY_INITIALIZED) throw error;
  });
  for (let question = 0; question < MOST_QUESTIONS; question += 1) {
    const { setName, isWritablePrimary } = await runCommand({ hello: 1 });
    if (setName === REPLICA_SET && isWritablePrimary === true) return;
    await (pause ?? sleep)();
  }
  throw new Error(`The replica set ${REPLICA_SET} at ${address} has elected no primary.`);
}

function sleep(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
