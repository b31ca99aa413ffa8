import { ROOMS } from './chat-rooms.js';
import type { Histories } from './histories.js';
import { createRoomsOfGroups, type RoomsOfGroups } from './rooms-of-groups.js';

export const EVENTS = 'rocketchat_server_events';

/** Two keys, of which one has two attributes. */
export const ABAC = {
  LDAP_Background_Sync_ABAC_Attributes: true,
  LDAP_ABAC_AttributeMap: JSON.stringify({ ou: 'department', l: 'site', departmentNumber: 'department' }),
  ABAC_Enabled: true,
  LDAP_Guard_Always_Allowed: 3,
} as const;

type Attributes = Readonly<Record<string, readonly string[]>>;

/** As Rocket.Chat stores them. */
export const toAttributes = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, values]) => ({ key, values: [...values] }));

export interface AbacRooms extends RoomsOfGroups {
  /** A private group that asks for attributes. */
  makeGuarded(name: string, attributes: Attributes): Promise<void>;
  attributesOf(username: string): Promise<unknown>;
  /** What the audit says, oldest first, as one object an event. */
  audit(): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export function createAbacRooms(histories: Histories): AbacRooms {
  const { collection, user } = histories;
  const rooms = createRoomsOfGroups(histories);
  return {
    ...rooms,
    async makeGuarded(name, attributes) {
      await rooms.make(name);
      const $set = { t: 'p', abacAttributes: toAttributes(attributes) };
      await collection(ROOMS).updateOne({ name }, { $set });
    },
    attributesOf: async (username) => (await user(username))?.['abacAttributes'],
    async audit() {
      const events = await collection(EVENTS).find({}).sort({ ts: 1, _id: 1 }).toArray();
      return events.map(({ t, data }) => ({
        t,
        ...Object.fromEntries(
          (data as { key: string; value: unknown }[]).map(({ key, value }) => [key, value]),
        ),
      }));
    },
  };
}
