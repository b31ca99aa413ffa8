import { ADVICE_CODES } from '../../lib/advice.js';
import { fillText, namesIn } from '../../lib/findings/finding-text.js';
import { changeTexts, FINDING_CODES, FINDINGS, toFinding, withValues } from '../../lib/findings/finding.js';
import { joinEvidence, OBSERVATION_CODES, toEvidence } from '../../lib/findings/observation.js';
import { OBSERVATIONS } from '../../lib/findings/texts/observations.js';
import { createSettingChecks } from '../../lib/settings/setting-checks.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { findingsDe } from '../../ui/settings/words/findings-de.js';
import { observationsDe } from '../../ui/settings/words/observations-de.js';
import { fill } from '../../ui/words/word.js';

/** Settings, and what is typed as it stands. */
const toNamed = (texts: readonly string[]): string =>
  [...new Set(texts.join(' ').match(/\b[A-Z][A-Za-z0-9]*_\w+/g))].sort().join(' ');

describe('a finding', () => {
  it('has every value in its sentence and for translation', () => {
    expect(toFinding('not-a-choice', { setting: 'A', value: '"b"', choices: '"c", "d"' })).toEqual({
      code: 'not-a-choice',
      params: { setting: 'A', value: '"b"', choices: '"c", "d"' },
      message: 'A is "b".',
      remedy: 'Set A to one of "c", "d".',
    });
  });

  it('leaves out a part of its sentence whose value is missing', () => {
    const { message, params } = toFinding('settings-unknown', { settings: 'A', more: undefined });
    expect([message, params]).toEqual(['A: not known here, and without effect.', { settings: 'A' }]);
    expect(withValues(toFinding('settings-unknown', { settings: 'A' }), { more: 2 }).message).toMatch(
      /^A and 2 more:/,
    );
  });

  it.each([
    ['a place for another value', '{b}'],
    ['a part that could be left out', '[{c}]'],
    ['a pattern of replacements', '$&$1'],
  ])('shows a value as it is where that looks like %s', (_, value) => {
    const params = { a: value, b: 'secret' };
    expect(fillText('{a}[ {b}]', params)).toBe(`${value} secret`);
    expect(fill('{a}[ {b}]', params, String)).toBe(`${value} secret`);
  });

  it('holds no secret setting, neither in its sentence nor in its values', () => {
    const settings = parseSettings(
      new Map([
        ['LDAP_Authentication_Password', 'hunter2'],
        ['LDAP_Encryption', 'hunter2'],
      ]),
    );
    const checks = createSettingChecks(settings);
    checks.oneOf('LDAP_Encryption');
    expect(checks.problems).toMatchObject([{ code: 'not-a-choice', params: { value: '"…"' } }]);
    expect(JSON.stringify(checks.problems)).not.toContain('hunter2');
  });

  it('keeps numbers as numbers where nothing of them is concealed', () => {
    const finding = toFinding('custom-fields-too-many', { count: 1234, most: 50 });
    expect(changeTexts(finding, (text) => text.replace('1234', '…')).params).toEqual({
      count: '…',
      most: 50,
    });
  });
});

describe('what was seen', () => {
  it('is joined sentence by sentence', () => {
    const parts = [toEvidence('groups-below', {}), toEvidence('groups-nested', { count: 2 })];
    const { because, seen } = joinEvidence(parts);
    expect(because).toMatch(/^The groups .* it\. 2 of the groups /);
    expect(seen).toEqual([
      { code: 'groups-below', params: {} },
      { code: 'groups-nested', params: { count: 2 } },
    ]);
  });
});

describe('the texts', () => {
  it('have codes that no advice has', () => {
    expect(FINDING_CODES.filter((code) => (ADVICE_CODES as readonly string[]).includes(code))).toEqual([]);
  });

  it('are there in German for every code, with no value that the English does not have', () => {
    expect(Object.keys(findingsDe).sort()).toEqual([...FINDING_CODES].sort());
    expect(Object.keys(observationsDe).sort()).toEqual([...OBSERVATION_CODES].sort());
    const toLacking = (own: string, english: readonly string[]): readonly string[] =>
      namesIn(own).filter((name) => !namesIn(english.join(' ')).includes(name));
    for (const code of FINDING_CODES)
      for (const text of findingsDe[code])
        expect([code, toLacking(text, FINDINGS[code])]).toEqual([code, []]);
    for (const code of OBSERVATION_CODES)
      expect([code, toLacking(observationsDe[code], [OBSERVATIONS[code]])]).toEqual([code, []]);
  });

  it('can be filled in German with what the English always has', () => {
    for (const code of FINDING_CODES) {
      const always = FINDINGS[code].join(' ').replace(/\[[^\]]*\]/g, '');
      const params = Object.fromEntries(namesIn(always).map((name) => [name, 'x']));
      for (const text of findingsDe[code])
        expect([code, fill(text, params, String)]).toEqual([code, expect.any(String)]);
    }
  });

  it('name the same settings in German', () => {
    const differing = FINDING_CODES.filter((code) => toNamed(findingsDe[code]) !== toNamed(FINDINGS[code]));
    expect(differing).toEqual([]);
  });

  it('are filled by the page as by the server', () => {
    for (const texts of Object.values(FINDINGS))
      for (const text of texts) {
        const params = Object.fromEntries(namesIn(text).map((name) => [name, `<${name}>`]));
        expect(fill(text, params, String)).toBe(fillText(text, params));
      }
  });
});
