import type { MetricsOptions } from '../../lib/watch/metrics-client.js';
import type { Logger } from '../../lib/logger.js';

export interface Metrics {
  /** For `createLdapSync`. */
  readonly option: MetricsOptions;
  readonly contentType: string;
  read(): Promise<string>;
}

/** The metrics of the runs and of this process; `undefined` where `prom-client`, which is optional, is not there. */
export async function loadMetrics(logger: Logger): Promise<Metrics | undefined> {
  const client = await import('prom-client').catch(() => undefined);
  if (!client) {
    logger.info({ remedy: 'Install prom-client beside chat-ldap-sync.' }, 'There will be no metrics');
    return undefined;
  }
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  return {
    option: { client, registry },
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}
