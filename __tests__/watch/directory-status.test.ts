import { parseSettings } from '../../lib/settings/settings.js';
import { toDirectoryStatus } from '../../lib/watch/directory-status.js';
import { makeSummary } from './reports.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const toSettings = (values: Readonly<Record<string, unknown>>) =>
  parseSettings(new Map(Object.entries(values)));
const DAY_MS = 86_400_000;
const SERVER = { host: 'ldap.example.org', port: 636, kind: 'openldap', name: 'OpenLDAP' };
const ENCRYPTED = { LDAP_Enable: true, LDAP_Encryption: 'ssl' };

function statusOf(daysLeft: number, settings: Readonly<Record<string, unknown>> = ENCRYPTED) {
  const certificate = { subject: 'Authority', validTo: new Date(NOW.getTime() + daysLeft * DAY_MS) };
  const run = makeSummary({ server: { ...SERVER, certificate } });
  return toDirectoryStatus(run, toSettings(settings), NOW);
}

describe('the certificate of the directory in the status', () => {
  it('has the days that are left of it, whom it names, and who has shown it', () => {
    expect(statusOf(20.5)).toEqual({
      certificate: {
        subject: 'Authority',
        validTo: new Date('2026-12-15T00:00:00Z'),
        daysLeft: 20,
        host: 'ldap.example.org',
        runId: expect.any(String),
      },
      problems: [],
    });
  });

  it.each([
    [15, []],
    [14.9, ['certificate-ends-soon']],
    [0.5, ['certificate-ends-soon']],
    [-0.5, ['certificate-ended']],
  ])('is a problem with a remedy from fourteen days on: %d', (days, codes) => {
    const { problems } = statusOf(days);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const { remedy } of problems) expect(remedy).toMatch(/new certificate/);
  });

  it.each([
    ['the connection is in clear by now', { ...ENCRYPTED, LDAP_Encryption: 'plain' }],
    ['LDAP is off', { ...ENCRYPTED, LDAP_Enable: false }],
  ])('is nothing where %s', (_, settings) => {
    expect(statusOf(-1, settings)).toEqual({ certificate: null, problems: [] });
  });

  it('is nothing where no run was shown one', () => {
    const nothing = { certificate: null, problems: [] };
    expect(toDirectoryStatus(undefined, toSettings(ENCRYPTED), NOW)).toEqual(nothing);
    expect(toDirectoryStatus(makeSummary({ server: SERVER }), toSettings(ENCRYPTED), NOW)).toEqual(nothing);
  });
});
