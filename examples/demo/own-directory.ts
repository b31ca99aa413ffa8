import type { DemoDirectory } from './demo-directory.js';

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORTS = { 'ldap:': 389, 'ldaps:': 636 } as const;

/**
 * Where Rocket.Chat keeps what differs between Active Directory and the rest, and what the demo takes unless
 * told otherwise.
 */
const KINDS = {
  ad: {
    fields: {
      username: 'LDAP_AD_Username_Field',
      search: 'LDAP_AD_User_Search_Field',
      name: 'LDAP_AD_Name_Field',
    },
    defaults: { username: 'sAMAccountName', id: 'objectGUID', photo: 'thumbnailPhoto' },
  },
  '': {
    fields: { username: 'LDAP_Username_Field', search: 'LDAP_User_Search_Field', name: 'LDAP_Name_Field' },
    // OpenLDAP, FreeIPA, 389 Directory Server.
    defaults: { username: 'uid', id: 'entryUUID,ipaUniqueID,nsUniqueId', photo: 'jpegPhoto' },
  },
} as const;

/**
 * The directory at `url`, as the environment describes it. Throws what is missing or wrong; never shows a
 * password.
 */
export function parseOwnDirectory(
  url: string,
  environment: Environment,
): Pick<DemoDirectory, 'description' | 'settings'> {
  const { host, port, isSecure } = parseUrl(url);
  const baseDN = environment.LDAP_BASE_DN;
  if (!baseDN)
    throw new Error(
      'LDAP_BASE_DN is missing: the DN under which your people are, such as ou=people,dc=example,dc=com.',
    );
  const type = parseServerType(environment.LDAP_SERVER_TYPE);
  const { fields, defaults } = KINDS[type];
  const username = environment.LDAP_USERNAME_FIELD || defaults.username;
  return {
    description: `your directory at ${isSecure ? 'ldaps' : 'ldap'}://${host}:${port}, which is only read`,
    settings: {
      LDAP_Host: host,
      LDAP_Port: port,
      LDAP_Encryption: isSecure ? 'ssl' : 'plain',
      LDAP_BaseDN: baseDN,
      ...parseBind(environment),
      ...(environment.LDAP_FILTER ? { LDAP_User_Search_Filter: environment.LDAP_FILTER } : {}),
      LDAP_Server_Type: type,
      LDAP_Unique_Identifier_Field: environment.LDAP_ID_FIELD || defaults.id,
      [fields.username]: username,
      [fields.search]: username,
      [fields.name]: 'displayName,cn',
      LDAP_Avatar_Field: defaults.photo,
    },
  };
}

function parseBind({ LDAP_BIND_DN, LDAP_BIND_PASSWORD }: Environment): DemoDirectory['settings'] {
  if (!LDAP_BIND_DN) return { LDAP_Authentication: false };
  if (!LDAP_BIND_PASSWORD)
    throw new Error('LDAP_BIND_PASSWORD is missing. Leave LDAP_BIND_DN out to search anonymously.');
  return {
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: LDAP_BIND_DN,
    LDAP_Authentication_Password: LDAP_BIND_PASSWORD,
  };
}

function parseUrl(text: string): {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
} {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'ldap:' && url.protocol !== 'ldaps:') || url.hostname === '') {
    throw new Error(
      'LDAP_URL is not the URL of a directory; it looks like ldap://host:389 or ldaps://host:636.',
    );
  }
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, isSecure: url.protocol === 'ldaps:' };
}

function parseServerType(text = ''): keyof typeof KINDS {
  if (text === 'ad' || text === '') return text;
  throw new Error('LDAP_SERVER_TYPE is "ad" for Active Directory; leave it out for everything else.');
}
