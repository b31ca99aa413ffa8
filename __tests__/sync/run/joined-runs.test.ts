import { createEngine } from '../../setup/engine.js';
import { many, useHistories } from '../../setup/histories.js';
import { openConnection } from '../../setup/mongo.js';

const { database } = useHistories();

it('of many calls at once on two hosts each gets the report of a run that has ended', async () => {
  const connection = await openConnection(database().url);
  try {
    const [here, there] = [database().connection, connection].map((one) => createEngine(one).of(many(1), {}));
    for (let round = 0; round < 8; round += 1) {
      const reports = await Promise.all([here!.sync(), there!.sync(), here!.sync()]);
      expect(reports.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    }
  } finally {
    await connection.close();
  }
});
