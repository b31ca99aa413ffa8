import { definitionsOf } from './definition.js';

const { text } = definitionsOf('people', false);
// Without federation nobody becomes an account of another server, which lets nobody in.
const careful = definitionsOf('people', true);

/** Who has an account of another server. */
export const FEDERATION = {
  LDAP_FederationHomeServer_Field: text(
    '',
    'The attribute, or the template, with the home server (Matrix) of a person. Whose home server is not ' +
      'Federation_Service_Domain gets a federated account; empty: everybody is an account of this server.',
  ),
  Federation_Service_Enabled: careful.onOff(
    false,
    'Whether the chat server is federated. While it is not, people of other home servers are rows of the report.',
  ),
  Federation_Service_Domain: careful.text('', 'The server name of this chat server in the federation.'),
} as const;
