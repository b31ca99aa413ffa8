import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', true);

/** How channels are named, and what is written when people join and leave. */
export const ROOMS = {
  LDAP_Sync_Room_Messages: onOff(
    true,
    'Whether a room shows that a group has brought somebody into it or out of it, as in Rocket.Chat; not ' +
      "one of Rocket.Chat's settings.",
  ),
  UI_Allow_room_names_with_special_chars: onOff(
    false,
    'Whether channels may be called anything: what is shown is the name of the map, and the name in links ' +
      'is made of it.',
  ),
  UTF8_Channel_Names_Validation: text(
    '[0-9a-zA-Z-_.]+',
    'What the name of a channel may hold, as a regular expression of at most 500 characters without ' +
      'look-around and back-references; empty or unusable: the default.',
  ),
  E2E_Enable: onOff(
    false,
    'Whether rooms may be encrypted: whoever joins an encrypted one waits for its key.',
  ),
  Message_Read_Receipt_Enabled: onOff(
    false,
    'Whether messages say who has read them: those about joining and leaving begin unread.',
  ),
} as const;
