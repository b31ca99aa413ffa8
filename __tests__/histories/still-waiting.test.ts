import { silentLogger } from '../../lib/logger.js';
import { createChangeHistory } from '../../lib/sync/history/change-history.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { createReadStillWaiting } from '../../lib/sync/still-waiting.js';
import { useHeldList } from '../setup/held-list.js';

const { histories, idsOf, now, runId } = useHeldList();

/** A reader as a host has it, which remembers what it has counted. */
function open() {
  const { connection } = histories.database();
  const runs = createRunLog({ connection, clock: () => new Date(), logger: silentLogger });
  return createReadStillWaiting({ runs, history: createChangeHistory(connection) });
}

describe('the list that waits for a decision', () => {
  it('counts those about whom nobody has decided, after each decision about some of them', async () => {
    const read = open();
    expect((await read())?.held).toMatchObject({ deactivations: 4 });
    await now().approve(runId(), { rows: idsOf('p0', 'p1') });
    expect(await read()).toMatchObject({ _id: runId(), held: { deactivations: 2, renames: 0 } });
    await now().reject(runId(), idsOf('p2'));
    expect((await read())?.held).toMatchObject({ deactivations: 1 });
    await now().approve(runId());
    expect(await read()).toBeUndefined();
  });

  it('counts those again whose approval found no directory', async () => {
    const read = open();
    await now().reject(runId(), idsOf('p3'));
    expect((await read())?.held).toMatchObject({ deactivations: 3 });
    await now().approve(runId(), { rows: idsOf('p0'), fault: { kind: 'lost', afterPages: 0 } });
    expect((await read())?.held).toMatchObject({ deactivations: 3 });
  });

  it('is counted once for each decision, however often it is asked for', async () => {
    const read = open();
    await now().approve(runId(), { rows: idsOf('p0') });
    await read();
    const asked = jest.spyOn(histories.collection('ldap_sync_changes'), 'find');
    expect((await read())?.held).toMatchObject({ deactivations: 3 });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});
