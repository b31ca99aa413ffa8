import type { Logger } from '../../lib/logger.js';
import { createRunEvents } from '../../lib/sync/run/run-events.js';
import { createPhaseLog } from '../../lib/watch/phase-log.js';
import { makeCounts, makeHeld, makeReport, STARTED_AT } from './reports.js';

function listen() {
  const lines: unknown[][] = [];
  const write = (level: string) => (details: object, message: string) =>
    void lines.push([level, details, message]);
  const logger: Logger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  const events = createRunEvents(logger);
  createPhaseLog(events, logger);
  return { events, lines };
}

describe('the log', () => {
  it('has one line for the start, each phase, what is held, and the end of a run', () => {
    const { events, lines } = listen();
    const held = makeReport({
      _id: 'run1',
      state: 'held',
      held: makeHeld(),
      counts: makeCounts({ read: 90 }),
    });
    events.emit('run:started', {
      runId: 'run1',
      kind: 'sync',
      requestedBy: { _id: 'u1', username: 'ada' },
      startedAt: STARTED_AT,
    });
    events.emit('run:phase', { runId: 'run1', kind: 'sync', phase: 'sweep', durationMs: 12.4 });
    events.emit('run:progress', { runId: 'run1', kind: 'sync', counts: held.counts });
    events.emit('run:held', held);
    events.emit('run:finished', held);
    expect(lines).toEqual([
      ['info', { runId: 'run1', kind: 'sync', requestedBy: 'u1' }, 'LDAP sync started'],
      ['info', { runId: 'run1', kind: 'sync', phase: 'sweep', durationMs: 12 }, 'LDAP sync phase ended'],
      [
        'warn',
        {
          runId: 'run1',
          kind: 'sync',
          deactivations: 12,
          renames: 3,
          clearings: 1,
          photos: 1,
          reactivations: 2,
          releases: 0,
          merges: 0,
          memberships: 0,
          relinks: 0,
          approvable: true,
          reason: held.held?.reason,
        },
        'LDAP sync held removals',
      ],
      [
        'info',
        {
          runId: 'run1',
          kind: 'sync',
          state: 'held',
          durationMs: 2_000,
          counts: held.counts,
          problems: 0,
          attention: 0,
        },
        'LDAP sync ended',
      ],
    ]);
  });

  it('has only the end of what happens every few minutes, the rest at the level debug', () => {
    const { events, lines } = listen();
    const about = { runId: 'run1', kind: 'auto-logout' } as const;
    events.emit('run:started', { ...about, requestedBy: { _id: 'u1' }, startedAt: STARTED_AT });
    events.emit('run:phase', { ...about, phase: 'look-up', durationMs: 12 });
    events.emit('run:finished', makeReport({ _id: 'run1', kind: 'auto-logout', signedOut: 2 }));
    expect(lines).toEqual([
      ['debug', { ...about, requestedBy: 'u1' }, 'LDAP sync started'],
      ['debug', { ...about, phase: 'look-up', durationMs: 12 }, 'LDAP sync phase ended'],
      ['info', expect.objectContaining({ ...about, state: 'completed', signedOut: 2 }), 'LDAP sync ended'],
    ]);
  });

  it('warns of a failed run', () => {
    const { events, lines } = listen();
    events.emit('run:finished', makeReport({ state: 'failed' }));
    expect(lines).toEqual([['warn', expect.objectContaining({ state: 'failed' }), 'LDAP sync ended']]);
  });

  it('names nobody who was read', () => {
    const { events, lines } = listen();
    const row = {
      outcome: 'conflicted',
      dn: 'uid=grace,dc=x',
      username: 'grace',
      reason: 'grace@host.example is taken',
      remedy: 'Rename grace.',
    } as const;
    const problem = { message: 'E11000 dup key grace@host.example', remedy: 'Look at grace.' };
    events.emit('run:finished', makeReport({ state: 'failed', attention: [row], problems: [problem] }));
    expect(JSON.stringify(lines)).not.toContain('grace');
    expect(lines[0]![1]).toMatchObject({ attention: 1, problems: 1 });
  });
});
