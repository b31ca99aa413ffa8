import { findDisabling, isDisabled, saysState } from '../../lib/mapping/active-state.js';
import { FURTHER_STATE_ATTRIBUTES, type StateReading } from '../../lib/settings/active-state.js';
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
    expect(isDisabled(entry(values), { stateReading: reading })).toBe(disabled);
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
    expect(findDisabling({ ...large, attributes }, {})).toBeUndefined();
  });

  it.each<[Values, boolean]>([
    [{}, false],
    [{ nsAccountLock: '' }, false],
    [{ userAccountControl: 'x' }, false],
    [{ nsAccountLock: 'FALSE' }, true],
    [{ userAccountControl: '514' }, true],
  ])('is said by %j: %s', (values, says) => {
    expect(saysState(entry(values), {})).toBe(says);
  });
});

describe('what switches off only where the settings name it', () => {
  const at = new Date('2026-11-27T12:00:00Z');
  const counting = { furtherState: FURTHER_STATE_ATTRIBUTES, stateAt: at };
  // 100 nanoseconds since 1601, at that very moment.
  const now = String((BigInt(at.getTime()) + 11_644_473_600_000n) * 10_000n);
  const later = String((BigInt(at.getTime()) + 11_644_473_600_000n) * 10_000n + 10_000n);

  it.each<[Values, string | undefined]>([
    [{ accountExpires: now }, 'accountExpires'],
    [{ accountExpires: later }, undefined],
    [{ accountExpires: '0' }, undefined],
    [{ accountExpires: '9223372036854775807' }, undefined],
    [{ accountExpires: '99999999999999999999' }, undefined],
    [{ accountExpires: '-1' }, undefined],
    [{ accountExpires: 'never' }, undefined],
    [{ shadowExpire: '20784' }, 'shadowExpire'],
    [{ shadowExpire: '20785' }, undefined],
    [{ shadowExpire: '1' }, 'shadowExpire'],
    [{ shadowExpire: '0' }, undefined],
    [{ shadowExpire: '-1' }, undefined],
    [{ shadowExpire: '' }, undefined],
    [{ pwdAccountLockedTime: '000001010000Z' }, 'pwdAccountLockedTime'],
    [{ pwdAccountLockedTime: '20261127000000Z' }, undefined],
    [{ sambaAcctFlags: '[DU         ]' }, 'sambaAcctFlags'],
    [{ sambaAcctFlags: '[UD]' }, 'sambaAcctFlags'],
    [{ sambaAcctFlags: '[U          ]' }, undefined],
    [{ sambaAcctFlags: '[LU         ]' }, undefined],
    [{ sambaAcctFlags: 'D' }, undefined],
    [{ nsAccountLock: 'TRUE', accountExpires: now }, 'nsAccountLock'],
  ])('%j: by %s', (values, by) => {
    expect(findDisabling(entry(values), counting)).toBe(by);
    expect(isDisabled(entry(values), counting)).toBe(by !== undefined);
    expect(findDisabling(entry(values), { stateAt: at })).toBe(by === 'nsAccountLock' ? by : undefined);
  });

  it('never says that somebody may sign in', () => {
    const rules = { ...counting, stateReading: 'lost' } as const;
    expect(isDisabled(entry({ accountExpires: later, sambaAcctFlags: '[U]' }), rules)).toBeUndefined();
  });

  it('leaves the state of an Active Directory entry open where accountExpires counts and cannot be read', () => {
    const rules = { ...counting, stateReading: 'required' } as const;
    expect(isDisabled(entry({ userAccountControl: '512' }), rules)).toBeUndefined();
    expect(isDisabled(entry({ userAccountControl: '514' }), rules)).toBe(true);
    expect(isDisabled(entry({ userAccountControl: '512', accountExpires: '0' }), rules)).toBe(false);
  });
});
