import { createDryPhotoFiles } from '../../../lib/sync/avatars/dry-photo-files.js';
import { EVERYBODY_BELONGS } from '../../../lib/sync/belonging/belonging.js';
import type { ActiveRun } from '../../../lib/sync/run/active-run.js';
import { NO_RULES } from '../../../lib/sync/rooms/membership-rules.js';
import { sweepPeople, type SweepDependencies } from '../../../lib/sync/sweep/sweep-people.js';
import { collectingChanges, readOnlyUsers } from '../../setup/port-fakes.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

it(
  'a run that ends early leaves no failure of the pages it had read ahead unheard, which would end the ' +
    'process',
  async () => {
    const unheard = jest.fn();
    process.on('unhandledRejection', unheard);
    const ended = new Error('The run is to end.');
    const dependencies: SweepDependencies = {
      users: {
        ...readOnlyUsers([]),
        findLinked: () => Promise.resolve(new Map()),
      },
      files: createDryPhotoFiles(),
      decoder: { decode: jest.fn(), close: jest.fn() },
      directory: {
        async *sweep() {
          yield [];
          await new Promise((resolve) => setTimeout(resolve, 5));
          throw new Error('The line was cut.');
        },
      },
      changes: collectingChanges(),
      run: {
        signal: new AbortController().signal,
        assertGoingOn: () => {
          throw ended;
        },
      } as unknown as ActiveRun,
      settings: toSyncSettings(),
      belonging: EVERYBODY_BELONGS,
      rooms: {
        findSubscribed: jest.fn(),
        findTeamMembers: jest.fn(),
        findGuarded: jest.fn(),
        readGuarded: jest.fn(),
        begin: jest.fn(),
      },
      memberships: NO_RULES,
      now: () => new Date(),
      progress: () => undefined,
      linkedBefore: 0,
    };
    try {
      await expect(sweepPeople(dependencies)).rejects.toBe(ended);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(unheard).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', unheard);
    }
  },
);
