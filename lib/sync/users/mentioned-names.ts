import { openCollection } from '../../../models/database.js';
import { within } from '../run/transaction.js';
import { TOUCHED, type NameBatch, type NamedUser, type NamePlace } from './name-place.js';
import { readPresentNames, type PresentName } from './present-names.js';

interface MessageRecord {
  readonly _id: string;
  readonly msg?: unknown;
  readonly mentions: readonly ({ readonly _id?: unknown; readonly username?: unknown } | null)[];
}

const COLLECTION = 'rocketchat_message';

/**
 * Messages that mention the user: the list of mentions, and the text. Everybody whom a message mentions gets
 * the present name at the same time: when two people swap names, one after the other would make both the same.
 */
export const MENTIONS: NamePlace = {
  collection: COLLECTION,
  find: ({ userId, username }: NamedUser) => ({
    // Rocket.Chat has a sparse index on this field and none on the ids: only messages with mentions are read.
    'mentions.username': { $gt: '' },
    mentions: { $elemMatch: { _id: userId, username: { $ne: username } } },
  }),

  async update({ connection, tx, user, ids }: NameBatch) {
    const messages = openCollection<MessageRecord>(connection, COLLECTION);
    const found = await messages
      .find(
        { ...MENTIONS.find(user), _id: { $in: [...ids] } },
        { ...within(tx), projection: { msg: 1, mentions: 1 } },
      )
      .toArray();
    if (found.length === 0) return;
    const mentioned = found.flatMap(({ mentions }) => mentions.map((mention) => mention?._id));
    const names = await readPresentNames(connection, mentioned.filter(isText), tx);
    const writes = found.map((message) => ({
      updateOne: { filter: { _id: message._id }, update: toUpdate(message, names) },
    }));
    await messages.bulkWrite(writes, within(tx));
  },
};

function toUpdate({ msg, mentions }: MessageRecord, names: ReadonlyMap<string, PresentName>): object {
  const set: Record<string, string> = {};
  const renamed = new Map<string, string | undefined>();
  for (const [index, mention] of mentions.entries()) {
    const { _id, username } = mention ?? {};
    const present = isText(_id) ? names.get(_id)?.username : undefined;
    const hasChanged = present !== undefined && present !== username;
    if (hasChanged) set[`mentions.${index}.username`] = present;
    if (isText(username) && username !== '')
      renamed.set(username.toLowerCase(), hasChanged ? present : undefined);
  }
  if (isText(msg)) set.msg = renameInText(msg, renamed);
  // The text as Rocket.Chat has parsed it: it is parsed again when it is absent.
  return { $set: set, $unset: { md: '' }, ...TOUCHED };
}

/**
 * Gives people other names in a text, all at once, by their former names in lower case. Those who keep their
 * names are needed too: `ann` is not mentioned where `ann_` is.
 */
function renameInText(text: string, renamed: ReadonlyMap<string, string | undefined>): string {
  if (renamed.size === 0) return text;
  const names = [...renamed.keys()].toSorted((a, b) => b.length - a.length).map(escapeExpression);
  // Not within an address, and not the beginning of a longer name.
  const mention = new RegExp(
    `(?<![\\p{L}\\p{N}.@-])@(${names.join('|')})(?![\\p{L}\\p{N}]|[_.@:-]{1,5}[\\p{L}\\p{N}])`,
    'giu',
  );
  return text.replace(mention, (found, name: string) => {
    const present = renamed.get(name.toLowerCase());
    return present === undefined ? found : `@${present}`;
  });
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
