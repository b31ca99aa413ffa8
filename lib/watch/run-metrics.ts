import { LdapSyncError } from '../errors.js';
import type { Counter, Gauge, Histogram, MetricsClient, MetricsRegistry } from './metrics-client.js';

/** The metrics of one instance of the plugin, registered. */
export interface RunMetrics {
  readonly runs: Counter;
  readonly runDuration: Histogram;
  readonly phaseDuration: Histogram;
  readonly people: Counter;
  readonly read: Counter;
  readonly signedOut: Counter;
  readonly held: Gauge;
  readonly running: Gauge;
  readonly lastSuccess: Gauge;
  readonly certificateEnd: Gauge;
}

/** Seconds: from a preview of a handful of people to a first sync of hundreds of thousands with photos. */
const DURATION_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];

const NAMES = {
  runs: 'chat_ldap_sync_runs_total',
  runDuration: 'chat_ldap_sync_run_duration_seconds',
  phaseDuration: 'chat_ldap_sync_phase_duration_seconds',
  people: 'chat_ldap_sync_people_total',
  read: 'chat_ldap_sync_read_total',
  signedOut: 'chat_ldap_sync_signed_out_total',
  held: 'chat_ldap_sync_held',
  running: 'chat_ldap_sync_running',
  lastSuccess: 'chat_ldap_sync_last_success_timestamp_seconds',
  certificateEnd: 'chat_ldap_sync_directory_certificate_end_timestamp_seconds',
} as const satisfies Record<keyof RunMetrics, string>;

/**
 * Registers the metrics, all or none. Throws `LdapSyncError` (`invalid-options`) when one of that name is
 * there already.
 */
export function registerRunMetrics(
  client: MetricsClient,
  registry: MetricsRegistry,
  collect: Readonly<Record<'held' | 'certificateEnd', (gauge: Gauge) => Promise<void>>>,
): RunMetrics {
  assertFree(registry);
  const { Counter, Gauge, Histogram } = client;
  const registers = [registry] as never[];
  const about = (metric: keyof RunMetrics, help: string, ...labelNames: string[]) => ({
    name: NAMES[metric],
    help,
    labelNames,
    registers,
  });
  const buckets = DURATION_BUCKETS;

  return {
    runs: new Counter(
      about('runs', 'Runs of the LDAP sync that ended on this host, by how they ended', 'kind', 'state'),
    ),
    runDuration: new Histogram({
      ...about('runDuration', 'How long a run of the LDAP sync took', 'kind'),
      buckets,
    }),
    phaseDuration: new Histogram({
      ...about('phaseDuration', 'How long a part of a run of the LDAP sync took', 'kind', 'phase'),
      buckets,
    }),
    people: new Counter(
      about('people', 'People by what became of them in syncs, approvals and reverts', 'outcome'),
    ),
    read: new Counter(about('read', 'Directory entries read by syncs, approvals and reverts')),
    signedOut: new Counter(about('signedOut', 'People signed out by auto-logouts, who stay on')),
    held: new Gauge({
      ...about('held', 'Removals that wait for a decision, in people', 'removal'),
      async collect() {
        // The last value is kept while the database cannot be asked: a failure here would fail the whole
        // scrape.
        await collect.held(this).catch(() => undefined);
      },
    }),
    running: new Gauge(about('running', 'Runs of the LDAP sync that are going on this host', 'kind')),
    certificateEnd: new Gauge({
      ...about(
        'certificateEnd',
        'When the first of the certificates ends that the directory server has shown, in seconds since 1970',
      ),
      async collect() {
        await collect.certificateEnd(this).catch(() => undefined);
      },
    }),
    lastSuccess: new Gauge(
      about('lastSuccess', 'When a sync was last completed on this host, in seconds since 1970'),
    ),
  };
}

/**
 * Looked at before anything is registered: `prom-client` would stop at the first name, with the others in
 * place.
 */
function assertFree(registry: MetricsRegistry): void {
  const taken = Object.values(NAMES).filter((name) => registry.getSingleMetric(name) !== undefined);
  if (taken.length === 0) return;
  throw new LdapSyncError(
    'invalid-options',
    `createLdapSync: the registry in metrics already has ${taken.join(', ')}.`,
    {
      remedy: 'Give each instance of createLdapSync a prom-client Registry of its own.',
    },
  );
}
