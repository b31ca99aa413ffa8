import type { Report } from '../../cli/session/client-port.js';
import { toReportLines } from '../../cli/show/run-report.js';

const RUN = {
  _id: 'x'.repeat(17),
  kind: 'application',
  state: 'completed',
  requestedBy: { _id: 'system' },
  startedAt: '2026-01-01T00:00:00.000Z',
  counts: { read: 0 },
  problems: [],
  attention: [],
  attentionCount: 0,
  problemCount: 0,
};
const toLines = (removals: object): string =>
  toReportLines({ ...RUN, plan: { removals } } as unknown as Report, { paint: (_style, text) => text }).join(
    '\n',
  );

describe('what has become of the removals of a preview', () => {
  it('is one line: how many are done, are not, and are no longer wanted', () => {
    const removals = {
      planned: { deactivations: 6, photos: 2 },
      notDone: { deactivations: 1 },
      notWanted: { photos: 2 },
    };
    expect(toLines(removals)).toContain(
      'of 8 removals of the preview: 5 done, 1 not done, 2 no longer wanted',
    );
  });

  it('is left out where there were none, and is told as far as a server of another version counts', () => {
    expect(toLines({ planned: {}, notWanted: {}, notDone: {} })).not.toContain('preview:');
    expect(toLines({ planned: { deactivations: 6 } })).toContain('of 6 removals of the preview: 6 done');
    expect(toLines({})).not.toContain('preview:');
  });
});
