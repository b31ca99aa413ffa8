import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
} from '../embedded-directory/start-embedded-directory.js';
import { parseOwnDirectory } from './own-directory.js';

/** The directory that the demo reads. */
export interface DemoDirectory {
  /** For people. */
  readonly description: string;
  /** `LDAP_*` settings that lead to it. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Absent for a directory of one's own, which is only ever read. */
  readonly embedded: EmbeddedDirectory | undefined;
  stop(): Promise<void>;
}

/**
 * The directory of `LDAP_URL`, else the embedded one. Throws what is wrong with the environment; never a
 * password.
 */
export async function openDemoDirectory(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<DemoDirectory> {
  if (environment.LDAP_URL) {
    const own = parseOwnDirectory(environment.LDAP_URL, environment);
    return { ...own, embedded: undefined, stop: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedDirectory();
  return {
    description: `${embedded.people.list().length} people in an embedded LDAP server at ${embedded.url}`,
    settings: toSettings(embedded),
    embedded,
    stop: () => embedded.stop(),
  };
}

function toSettings({
  host,
  port,
  baseDN,
  bindDN,
  bindPassword,
}: EmbeddedDirectory): DemoDirectory['settings'] {
  return {
    LDAP_Host: host,
    LDAP_Port: port,
    LDAP_BaseDN: baseDN,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: bindDN,
    LDAP_Authentication_Password: bindPassword,
    LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
    LDAP_Server_Type: '',
    LDAP_Unique_Identifier_Field: 'entryUUID',
    LDAP_Name_Field: 'displayName,cn',
    LDAP_Avatar_Field: 'jpegPhoto',
  };
}
