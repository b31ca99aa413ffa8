import { toFinding } from '../findings/finding.js';
import { parseServerName } from '../server-name.js';
import type { AttributeSource } from './attribute-source.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

/** Where a person's home server stands, and which one is this chat server. */
export interface HomeServers {
  readonly source: AttributeSource;
  /** The server name of this chat server; absent: it has none, and whoever has a home server is of another. */
  readonly own?: string | undefined;
  /** Whether people of other servers become federated accounts. */
  readonly isFederated: boolean;
}

/** `undefined`: home servers are not read. */
export function parseHomeServers(
  settings: Settings,
  checks: Pick<SettingChecks, 'attributeSource' | 'reject'>,
): HomeServers | undefined {
  const source = checks.attributeSource('LDAP_FederationHomeServer_Field');
  if (source.attributes.length === 0 && source.kind === 'first') return undefined;
  const domain = settings.get('Federation_Service_Domain').trim();
  const parsed = domain === '' ? undefined : parseServerName(domain);
  if (parsed && 'fault' in parsed) {
    checks.reject('Federation_Service_Domain', toFinding('server-name-unusable', { why: parsed.fault }));
  }
  const own = parsed && 'name' in parsed ? parsed.name : undefined;
  return { source, own, isFederated: own !== undefined && settings.get('Federation_Service_Enabled') };
}
