import { toSubscription } from '../../../lib/sync/rooms/subscription.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const ROOM = { _id: 'c1', t: 'c', name: 'one', favorite: true } as const;
const join = (preferences?: Readonly<Record<string, unknown>>, isDefault = false) =>
  toSubscription(
    ROOM,
    { _id: 'u', username: 'ada', settings: preferences && { preferences } },
    {
      now: NOW,
      isDefault,
    },
  );

describe('a subscription', () => {
  it('stands among the favourites only of those who join a default room as such', () => {
    expect(join({}, true)).toHaveProperty('f', true);
    expect(join({})).not.toHaveProperty('f');
  });

  it('names the room that a discussion belongs to', () => {
    const discussion = toSubscription({ _id: 'd', t: 'p', prid: 'c1' }, { _id: 'u' }, { now: NOW });
    expect(discussion).toMatchObject({ prid: 'c1', u: { _id: 'u' } });
    expect(discussion).not.toHaveProperty('name');
  });

  it.each([
    [{ highlights: ['ada'] }, { userHighlights: ['ada'] }],
    [{ desktopNotifications: 'all' }, { desktopNotifications: 'all', desktopPrefOrigin: 'user' }],
    [{ pushNotifications: 'nothing' }, { mobilePushNotifications: 'nothing', mobilePrefOrigin: 'user' }],
    [{ emailNotificationMode: 'mentions' }, { emailNotifications: 'mentions', emailPrefOrigin: 'user' }],
  ])('takes over the preference %j of the user', (preferences, fields) => {
    expect(join(preferences)).toEqual({ ...join(), ...fields, _id: expect.any(String) });
  });

  it.each([
    [{ highlights: [], desktopNotifications: 'default', pushNotifications: '', emailNotificationMode: 7 }],
    [{ highlights: 'ada' }],
    [undefined],
  ])('takes over no default and nothing odd: %j', (preferences) => {
    expect(Object.keys(join(preferences)).sort()).toEqual(
      '_id _updatedAt alert groupMentions name open rid t ts u unread userMentions'.split(' '),
    );
  });
});
