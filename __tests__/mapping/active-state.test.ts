import { isDisabled, isShownDisabled, saysState } from '../../lib/mapping/active-state.js';
import type { StateReading } from '../../lib/settings/active-state.js';
import { toEntry } from '../setup/entries.js';

type Values = Readonly<Record<string, string | readonly string[]>>;
const entry = (values: Values) => toEntry('cn=ada', values);
const rights = (attributeLevelRights: string): Values => ({ attributeLevelRights });

describe('whether a person is disabled', () => {
  it.each<[StateReading, Values, boolean | undefined]>([
    ['optional', {}, false],
    ['optional', { nsAccountLock: '' }, false],
    ['optional', { userAccountControl: '512' }, false],
    ['optional', { userAccountControl: 'x' }, undefined],
    ['optional', { userAccountControl: '' }, undefined],
    ['optional', { userAccountControl: 'x', loginDisabled: 'FALSE' }, false],
    ['optional', { nsAccountLock: ['FALSE', 'TRUE'] }, true],
    ['required', {}, undefined],
    ['required', { nsAccountLock: 'FALSE' }, undefined],
    ['required', { nsAccountLock: 'TRUE' }, true],
    ['required', { userAccountControl: '512' }, false],
    ['required', { userAccountControl: '514' }, true],
    ['required', { userAccountControl: 'x' }, undefined],
    ['by-rights', {}, undefined],
    ['by-rights', rights('uid:rsc, nsAccountLock:rsc'), false],
    ['by-rights', rights('nsaccountlock:r'), false],
    ['by-rights', rights('nsAccountLock:rscWO, uid:none'), false],
    ['by-rights', rights('nsAccountLock:none, uid:rsc'), undefined],
    ['by-rights', rights('nsAccountLock:sc'), undefined],
    ['by-rights', rights('uid:rsc'), undefined],
    ['by-rights', rights('xnsAccountLock:rsc'), undefined],
    ['by-rights', { nsAccountLock: 'FALSE' }, false],
    ['by-rights', { nsAccountLock: 'TRUE', ...rights('nsAccountLock:none') }, true],
    ['lost', {}, undefined],
    ['lost', { nsAccountLock: 'FALSE' }, false],
    ['lost', { orclIsEnabled: 'ENABLED' }, false],
    ['lost', { orclIsEnabled: 'DISABLED' }, true],
  ])('%s, %j: %s', (reading, values, disabled) => {
    expect(isDisabled(entry(values), reading)).toBe(disabled);
  });

  it('is shown, whatever is too large beside it', () => {
    const large = entry({ loginDisabled: 'TRUE', nsAccountLock: 'FALSE' });
    const attributes = new Map(large.attributes).set('nsaccountlock', {
      name: 'nsAccountLock',
      values: [],
      droppedBytes: 99,
    });
    expect(isDisabled({ ...large, attributes })).toBe(true);
    attributes.delete('logindisabled');
    expect(() => isDisabled({ ...large, attributes })).toThrow('nsAccountLock is 99 bytes long.');
    expect(isShownDisabled({ ...large, attributes })).toBe(false);
  });

  it.each<[Values, boolean]>([
    [{}, false],
    [{ nsAccountLock: '' }, false],
    [{ userAccountControl: 'x' }, false],
    [{ nsAccountLock: 'FALSE' }, true],
    [{ userAccountControl: '514' }, true],
  ])('is said by %j: %s', (values, says) => {
    expect(saysState(entry(values))).toBe(says);
  });
});
