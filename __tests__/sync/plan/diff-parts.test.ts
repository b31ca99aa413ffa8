import type { Person } from '../../../lib/mapping/map-entry.js';
import { diffUser, isDroppingPhoto, NO_DIFF, type DiffSettings } from '../../../lib/sync/plan/diff.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA, ADA_STORED as STORED } from '../../setup/entries.js';

const SETTINGS: DiffSettings = { emailsVerified: true, activeState: 'disable' };
const diff = (person: Partial<Person>, stored: Partial<UserRecord> = {}, settings = SETTINGS) =>
  diffUser({ ...ADA, ...person }, { ...STORED, ...stored }, settings);

describe('the picture of a user is dropped', () => {
  const ours = { avatarETag: 'abc', ldapSync: { photo: 'abc' } } as const;
  it.each<[string, Partial<Person>, Partial<UserRecord>, boolean]>([
    ['is ours and the directory has none any more', { lacksPhoto: true }, ours, true],
    ['is ours and nothing is known of the directory', {}, ours, false],
    ['is the user’s own', { lacksPhoto: true }, { ...ours, avatarETag: 'own' }, false],
    ['is not there', { lacksPhoto: true }, {}, false],
  ])('where it %s', (_, person, stored, drops) => {
    expect(isDroppingPhoto({ ...ADA, ...person }, { ...STORED, ...stored })).toBe(drops);
    expect(diff(person, stored).dropsPhoto).toBe(drops);
  });
});

describe('the DN of an entry', () => {
  it.each<[string, unknown, string | undefined]>([
    ['is written where none is stored', undefined, ADA.dn],
    ['is written where nothing is stored', null, ADA.dn],
    ['is added to others', ['uid=x,dc=x'], ADA.dn],
    ['is added to what is no text', [7, null], ADA.dn],
    ['is not written again', ['uid=x,dc=x', ADA.dn], undefined],
    ['is known in another spelling among others', ['uid=x,dc=x', 'UID=Ada, DC=x'], undefined],
    ['cannot be added to what is no list', 'uid=ada', undefined],
    ['cannot be added to an empty text', '', undefined],
  ])('%s', (_, importIds, added) => {
    expect(diff({}, { importIds: importIds as never }).addImportId).toBe(added);
  });
});

describe('a user who may be linked by what identified the entry before', () => {
  const former = { id: '77', idAttribute: 'entryUUID' };

  it('is to be linked anew', () => {
    expect(diff({ former }).relink).toEqual({
      from: former,
      to: { id: ADA.id, idAttribute: ADA.idAttribute },
    });
    expect(diff({}).relink).toBeUndefined();
  });
});

describe('where it is not sure whose entry it is', () => {
  const former = { id: '77', idAttribute: 'uidNumber' };
  const relink = { from: former, to: { id: ADA.id, idAttribute: ADA.idAttribute } };
  const doubted = { former, name: 'New', username: 'new', emails: ['n@x.org'] } as const;

  it('nothing of the user is changed', () => {
    expect(diff(doubted)).toEqual({ ...NO_DIFF, relink });
  });

  it('the user is switched off all the same where the entry says so', () => {
    expect(diff({ ...doubted, disabled: true })).toEqual({ ...NO_DIFF, relink, activation: 'deactivate' });
  });
});

describe('a user of this server whose entry names another', () => {
  it('is not even linked anew', () => {
    const former = { id: '77', idAttribute: 'entryUUID' };
    expect(diff({ homeServer: 'x.org', former, disabled: true })).toEqual({
      ...NO_DIFF,
      activation: 'deactivate',
    });
  });
});

describe('a user name of which the entry may have more than is read', () => {
  it('is left to whoever has one, and given to whoever has none', () => {
    const person = { username: 'countess', unreadParts: ['username'] } as const;
    expect(diff(person).rename).toBeUndefined();
    expect(diff(person, { username: undefined }).rename).toEqual({ from: undefined, to: 'countess' });
    expect(diff({ ...person, unreadParts: ['name'] }).rename).toEqual({ from: 'ada', to: 'countess' });
  });
});

it('the last role stays, and is told', () => {
  const roleRules = { mapped: new Set(['support']), areTaken: true, last: undefined };
  const grants = { roles: { given: new Set<string>(), doubtful: new Set<string>() } };
  const settings = { ...SETTINGS, roleRules } as unknown as DiffSettings;
  expect(diff({ grants }, { roles: ['support'] }, settings)).toMatchObject({
    keptRole: 'support',
    clear: new Map(),
  });
  expect(diff({ grants }, { roles: ['support', 'user'] }, settings).keptRole).toBeUndefined();
  expect(diff({}, { roles: ['support'] }, settings).keptRole).toBeUndefined();
});

it('by which attribute an entry says that somebody is disabled is kept with the difference', () => {
  expect(diff({ disabled: true, disabledBy: 'nsAccountLock' }).disabledBy).toBe('nsAccountLock');
});
