import { toFinding } from '../findings/finding.js';
import type { ServerKind, ServerProduct } from '../directory/server-description.js';
import type { SettingProblem, Settings } from './settings.js';

/** For each product, the `LDAP_Server_Type` whose settings fit it; `undefined`: who knows. */
const FITTING: Readonly<Record<ServerKind, 'ad' | '' | undefined>> = {
  'active-directory': 'ad',
  'ad-lds': undefined,
  samba: 'ad',
  openldap: '',
  '389-ds': '',
  unboundid: '',
  apacheds: '',
  opendj: '',
  oracle: '',
  edirectory: '',
  ibm: '',
  domino: '',
  lldap: '',
  authentik: undefined,
  other: undefined,
  unknown: undefined,
};

/** The `LDAP_Server_Type` for a product; `undefined`: who knows. */
export function fittingServerType(kind: ServerKind): 'ad' | '' | undefined {
  return FITTING[kind];
}

/** Says when the server is another one than the settings are for. Pure. */
export function findServerTypeMismatch(
  product: ServerProduct,
  settings: Pick<Settings, 'get'>,
): SettingProblem | undefined {
  return judgeServerType(product, settings.get('LDAP_Server_Type'));
}

/** The same for the setting alone. */
export function judgeServerType(
  { kind, name }: ServerProduct,
  serverType: string,
): SettingProblem | undefined {
  const fitting = fittingServerType(kind);
  const isForAd = serverType === 'ad';
  if (fitting === undefined || isForAd === (fitting === 'ad')) return undefined;
  const code = isForAd ? 'server-is-no-ad' : 'server-is-ad';
  return { setting: 'LDAP_Server_Type', ...toFinding(code, { server: name }) };
}
