import sharp from 'sharp';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { findTypeFaults, type TypedDocument } from '../setup/compile-documents.js';
import {
  CHANNELS,
  createRoomsOfGroups,
  MESSAGES,
  TEAM_MEMBERS,
  TEAM_SETTINGS,
  toMemberGroup,
} from '../setup/rooms-of-groups.js';
import { toPerson, useHistories, type Settings } from '../setup/histories.js';

const histories = useHistories();
const { collection, database, sync } = histories;

const SETTINGS: Settings = {
  LDAP_FederationHomeServer_Field: 'homeServer',
  Federation_Service_Enabled: true,
  Federation_Service_Domain: 'x.org',
  LDAP_Background_Sync_Avatars: true,
  LDAP_Sync_Custom_Fields: true,
  LDAP_CustomFieldMap: '{"ou":"team"}',
  Accounts_CustomFields: '{"team":{"type":"text"}}',
};
/** The type of the documents of a collection, and the fields of ours that it does not have. */
const TYPES = [
  ['users', 'IUser', ['ldapSync', 'sipExtension']],
  [SUBSCRIPTIONS, 'ISubscription', []],
  ['rocketchat_avatars', 'IAvatar', []],
] as const;

const TYPES_OF_ROOMS = [
  [SUBSCRIPTIONS, 'ISubscription', []],
  [ROOMS, 'IRoom', []],
  [MESSAGES, 'IMessage', []],
  [TEAM_MEMBERS, 'ITeamMember', []],
] as const;

/** Other rooms are the host's. */
const MADE = { 'customFields.ldap': true };

type Types = readonly (readonly [name: string, type: string, own: readonly string[]])[];

async function written(types: Types = TYPES): Promise<readonly TypedDocument[]> {
  const documents: TypedDocument[] = [];
  for (const [name, type, own] of types)
    for (const document of await collection(name)
      .find(name === ROOMS ? MADE : {})
      .toArray()) {
      const fields = Object.entries(document).filter(([field]) => !own.includes(field));
      documents.push({ type, document: Object.fromEntries(fields) });
    }
  return documents;
}

it('users, subscriptions and pictures that runs have written are of the types of Rocket.Chat', async () => {
  const jpegPhoto = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  const room = {
    _id: 'GENERAL',
    t: 'c',
    name: 'general',
    default: true,
    usersCount: 0,
    msgs: 0,
    favorite: true,
  };
  await collection(ROOMS).insertOne(room as never);
  await database().connection.createCollection(SUBSCRIPTIONS);
  const people = [
    toPerson('ada', { jpegPhoto, ou: ['a', 'b'], telephoneNumber: '7' }),
    toPerson('bob', { homeServer: 'other.example' }),
    toPerson('cy', { loginDisabled: 'TRUE' }),
    toPerson('dan'),
  ];
  await sync(people, SETTINGS);
  const run = await sync(
    [
      ...people.slice(0, 3),
      toPerson('dan', { uid: 'daniel', mail: 'd@x.org', cn: 'Dan', loginDisabled: 'TRUE' }),
      toPerson('eve'),
    ],
    { ...SETTINGS, Accounts_ManuallyApproveNewUsers: true },
  );
  expect(run.counts).toMatchObject({ created: 1, deactivated: 1 });
  const documents = await written();
  expect(documents.map(({ type }) => type).sort()).toEqual([
    'IAvatar',
    ...Array.from({ length: documents.length - 6 }, () => 'ISubscription'),
    ...Array.from({ length: 5 }, () => 'IUser'),
  ]);
  expect(findTypeFaults(documents)).toEqual([]);
});

it('rooms, messages and members of teams that runs have written are of the types of Rocket.Chat', async () => {
  const { make, makeTeam } = createRoomsOfGroups(histories);
  await make('general');
  await makeTeam('developers', ['dev-talk']);
  const settings = { ...CHANNELS, ...TEAM_SETTINGS, LDAP_Sync_User_Data_Channels_Admin: 'ada' };
  const inGroups = (names: readonly string[]) =>
    ['staff', 'it', 'dev'].map((name) => toMemberGroup(name, names));
  const people = [toPerson('ada'), toPerson('bob')];
  await sync(people);
  await sync([...people, ...inGroups(['ada', 'bob'])], settings);
  await sync([...people, ...inGroups(['ada'])], settings);
  const documents = await written(TYPES_OF_ROOMS);
  const counts = new Map<string, number>();
  for (const { type } of documents) counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const [, type] of TYPES_OF_ROOMS) expect([type, counts.get(type)]).toEqual([type, expect.any(Number)]);
  // Rocket.Chat itself leaves it out of the subscription of who has made a room.
  const dated = documents.map(({ type, document }) => ({
    type,
    document: { _updatedAt: new Date(0), ...document },
  }));
  expect(findTypeFaults(dated)).toEqual([]);
});

it('a document of another type, a lacking field and an unknown one are found', () => {
  const type = 'IAvatar';
  const good = { _id: 'a', _updatedAt: new Date(0) };
  expect(findTypeFaults([{ type, document: good }])).toEqual([]);
  for (const document of [{ _id: 'a' }, { ...good, size: '1' }, { ...good, unheardOf: 1 }])
    expect(findTypeFaults([{ type, document }])).toHaveLength(1);
});
