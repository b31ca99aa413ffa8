import { initiateReplicaSet, type RunCommand } from '../../dev/replica-set.js';

const address = '127.0.0.1:27017';
const PRIMARY = { setName: 'rs0', isWritablePrimary: true };
const REFUSED = Object.assign(new Error('No host described in new configuration'), { code: 93 });

/** A server that answers `replSetInitiate` with an error or well, and then hello with one state after the other. */
function fakeServer(states: readonly object[], error?: Error) {
  const commands: Readonly<Record<string, unknown>>[] = [];
  let pauses = 0;
  const runCommand: RunCommand = async (command) => {
    commands.push(command);
    if ('hello' in command) return { ...states[Math.min(pauses, states.length - 1)] };
    if (error) throw error;
    return { ok: 1 };
  };
  const pause = async (): Promise<void> => {
    pauses += 1;
  };
  return { commands, member: { runCommand, address, pause }, pauses: () => pauses };
}

describe('a mongod that was started with --replSet', () => {
  it('becomes a set of one under the address that its clients use', async () => {
    const { commands, member } = fakeServer([PRIMARY]);
    await initiateReplicaSet(member);
    expect(commands).toEqual([
      { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: address }] } },
      { hello: 1 },
    ]);
  });

  it.each([
    ['has no set yet', { isreplicaset: true, isWritablePrimary: false }],
    ['is secondary', { setName: 'rs0', secondary: true, isWritablePrimary: false }],
    ['belongs to another set', { setName: 'other', isWritablePrimary: true }],
    ['says it in another type', { setName: 'rs0', isWritablePrimary: 'yes' }],
  ])('is waited for while it %s', async (_, state) => {
    const { member, pauses } = fakeServer([state, state, PRIMARY]);
    await initiateReplicaSet(member);
    expect(pauses()).toBe(2);
  });

  it('may have been initiated before', async () => {
    const already = Object.assign(new Error('already initialized'), { code: 23 });
    await expect(initiateReplicaSet(fakeServer([PRIMARY], already).member)).resolves.toBeUndefined();
  });

  it('that refuses is an error with what it said', async () => {
    await expect(initiateReplicaSet(fakeServer([PRIMARY], REFUSED).member)).rejects.toBe(REFUSED);
  });

  it('that never becomes primary is an error that names the set', async () => {
    const { member } = fakeServer([{ setName: 'rs0', secondary: true }]);
    await expect(initiateReplicaSet(member)).rejects.toThrow(
      'The replica set rs0 at 127.0.0.1:27017 has elected no primary.',
    );
  });
});
