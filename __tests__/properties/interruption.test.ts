import fc from 'fast-check';
import type { UserRecord } from '../../models/user.js';
import { holds } from '../setup/holds.js';
import { useLaboratory } from '../setup/laboratory.js';
import { faults, worlds } from '../setup/worlds.js';

jest.setTimeout(600_000);
const laboratory = useLaboratory();

it('a run that was cut anywhere, and is then run again, ends as if it had never been cut', async () => {
  await holds(15, fc.record({ world: worlds(0), fault: faults }), async ({ world, fault }) => {
    const undisturbed = await (await laboratory.build(world)).sync();
    // A run that was held is for somebody to decide.
    fc.pre(undisturbed.state === 'completed');
    const expected = await outcome();
    const engine = await laboratory.build(world);
    const cut = await engine.sync(fault);
    fc.pre(cut.held?.approvable !== true);
    // One that completed was not cut: what it took away had been looked up, though fewer entries left less in
    // doubt.
    fc.pre(cut.state !== 'completed');
    expect((await engine.sync()).state).toBe('completed');
    expect(await outcome()).toEqual(expected);
  });
});

/** The users, without what differs from run to run: dates, the ids of runs and of those who were created. */
async function outcome(): Promise<object[]> {
  return (await laboratory.users()).map(toOutcome).sort((one, other) => (one._id < other._id ? -1 : 1));
}

function toOutcome({ _id, services, ...user }: UserRecord): { readonly _id: string } {
  const { createdAt, _updatedAt, ldapSync, ...fields } = user;
  const dates = [createdAt, _updatedAt, ldapSync?.deactivatedAt];
  return {
    ...fields,
    _id: /^(?:linked|local)-/.test(_id) ? _id : `created for ${services?.ldap?.id}`,
    ...{
      datesAreThere: dates.map((date) => date !== undefined),
      services: { ...services, email2fa: services?.email2fa !== undefined },
    },
    ...{
      photo: ldapSync?.photo,
      because: ldapSync?.deactivatedBecause,
      isConfirmed: ldapSync?.unconfirmedBy === undefined,
      renamedFrom: ldapSync?.renamedFrom,
    },
  };
}
