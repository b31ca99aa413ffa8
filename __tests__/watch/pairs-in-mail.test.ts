import { toHeldMail } from '../../lib/watch/mail-text.js';
import type { AttentionRow } from '../../models/run-report.js';
import { makeHeld, makeReport } from './reports.js';

const SITE = { name: 'Our Chat', url: 'https://chat.example' };
const toPair = (dn: string): AttentionRow => ({
  outcome: 'conflicted',
  dn,
  code: 'merge-needs-decision',
  params: {},
  reason: `The user name of ${dn} belongs to another account.`,
  remedy: 'Decide.',
});
const held = makeHeld({
  code: 'decision-needed',
  merges: 12,
  reason: '12 changes need a decision by a person.',
});

const mailAbout = (attention: readonly AttentionRow[]): string => {
  const { subject, text } = toHeldMail(SITE, makeReport({ state: 'held', attention }), {
    held,
    isChanged: false,
  });
  expect(subject).toContain('LDAP sync needs a decision');
  return text;
};

describe('the mail about changes that need a decision', () => {
  it('says that everything else was done, and names the pairs and nobody else', () => {
    const other = { ...toPair('cn=other'), code: 'names-belong-to-another' as const };
    const text = mailAbout([toPair('cn=ada'), other]);
    expect(text).toContain('needs a decision: ');
    expect(text).toContain('Everything else was done.');
    expect(text).toContain('To be decided: cn=ada. The user name of cn=ada belongs to another account.');
    expect(text).not.toContain('cn=other');
  });

  it('names ten at most, and how many more there are', () => {
    const text = mailAbout(Array.from({ length: 12 }, (_, index) => toPair(`cn=p${index}`)));
    expect(text.match(/To be decided: /g)).toHaveLength(10);
    expect(text).toContain('… and 2 more pairs.');
  });

  it('shows hostile names on one line, with what is invisible written out', () => {
    const text = mailAbout([toPair('cn=a\u202e\r\n\r\nPOST ldap.approveRun')]);
    expect(text).toContain('cn=a<U+202E> POST ldap.approveRun.');
    expect(text).not.toMatch(/^POST/m);
  });
});
