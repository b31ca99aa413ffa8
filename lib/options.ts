import { IncomingMessage } from 'node:http';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { SendMail } from './auth/mail-sender.js';
import type { Authenticate, Authorize } from './auth/principal.js';
import { systemClock, type Clock } from './clock.js';
import { LdapSyncError } from './errors.js';
import { createSafeLogger, silentLogger, type Logger } from './logger.js';
import { pageOptions, type PageOptions } from './page/page-options.js';
import type { SettingsSource } from './settings/settings.js';
import type { AvatarStore } from './sync/avatars/host-store.js';
import type { MetricsOptions } from './watch/metrics-client.js';

/** What a host gives. Only `connection` is required; every default works on a Rocket.Chat database. */
export interface LdapSyncOptions {
  /** The host's mongoose connection. It stays the host's: it is never opened or closed here. */
  readonly connection: Connection;
  /** Where settings are stored. @default `rocketchat_settings` */
  readonly settings?: SettingsSource;
  /** Who is calling. @default `X-Auth-Token` and `X-User-Id` against `users` */
  readonly authenticate?: Authenticate;
  /** May they. @default `rocketchat_permissions` and `users.roles` */
  readonly authorize?: Authorize;
  /**
   * Sends the mails with second-factor codes. @default nodemailer with `MAIL_URL`, else the `SMTP_*` settings
   */
  readonly sendMail?: SendMail;
  /** Where photos are kept. @default GridFS bucket `rocketchat_avatars` */
  readonly avatarStore?: AvatarStore;
  /**
   * Prometheus metrics of the runs: the host's `prom-client`, and a registry where it is not the default one.
   * @default none
   */
  readonly metrics?: MetricsOptions;
  /** When the host's scheduler will start the next run, for `ldap.status`. @default unknown */
  readonly nextRunAt?: () => Date | undefined;
  /** How the admin page is served. */
  readonly page?: PageOptions;
  /** pino's, winston's or `console`; a logger that throws does no harm. @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** Read for `OVERWRITE_SETTING_*` and `MAIL_URL`. @default `process.env` */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export type ResolvedOptions = Required<Omit<LdapSyncOptions, OptionalPort>> &
  Pick<LdapSyncOptions, OptionalPort>;

/** Ports whose default needs other parts, and so is made by the composition root. */
type OptionalPort =
  'settings' | 'authenticate' | 'authorize' | 'sendMail' | 'avatarStore' | 'metrics' | 'nextRunAt' | 'page';

const method = z.custom<never>((value) => typeof value === 'function', 'must be a function').optional();

const port = (...methods: readonly string[]) =>
  z
    .custom<never>(
      (value) =>
        methods.every(
          (name) => typeof (value as Record<string, unknown> | null | undefined)?.[name] === 'function',
        ),
      `must have ${methods.map((name) => `${name}()`).join(', ')}`,
    )
    .optional();

const metrics = z
  .strictObject({
    client: z.custom<never>(isMetricsClient, 'must be the module prom-client'),
    registry: port('getSingleMetric'),
  })
  .optional();

function isMetricsClient(value: unknown): boolean {
  const { Counter, Gauge, Histogram } = Object(value) as Record<string, unknown>;
  return [Counter, Gauge, Histogram].every((metric) => typeof metric === 'function');
}

/** By shape: with two copies of mongoose installed, `instanceof` would refuse a good connection. */
const connection = z.custom<never>(
  (value) =>
    typeof (value as Partial<Connection> | null | undefined)?.model === 'function' &&
    'readyState' in (value as object),
  'must be a mongoose connection, such as mongoose.connection',
);

const schema = z.strictObject({
  connection,
  settings: port('read'),
  authenticate: method,
  authorize: method,
  sendMail: method,
  avatarStore: port('write', 'removeOthers', 'rename'),
  metrics,
  nextRunAt: method,
  page: pageOptions,
  logger: port('debug', 'info', 'warn', 'error'),
  clock: method,
  environment: z
    .custom<never>((value) => typeof value === 'object' && value !== null, 'must be an object')
    .optional(),
});

/** Checks the options of a host; throws `LdapSyncError` (`invalid-options`) that names every mistake. */
export function parseOptions(options: LdapSyncOptions): ResolvedOptions {
  if (isRequest(options)) {
    throw new LdapSyncError(
      'invalid-options',
      'createLdapSync was given to app.use() as if it were a handler.',
      {
        remedy:
          "Call it once, and mount what it makes: app.use('/api/v1', createLdapSync({ connection }).router).",
      },
    );
  }
  const result = schema.safeParse(options);
  if (!result.success) {
    const mistakes = result.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')} ${message}` : message,
    );
    throw new LdapSyncError('invalid-options', `createLdapSync: ${mistakes.join('; ')}.`, {
      remedy: `Known options are ${Object.keys(schema.shape).join(', ')}.`,
    });
  }
  return Object.freeze({
    ...options,
    logger: options.logger ? createSafeLogger(options.logger) : silentLogger,
    clock: options.clock ?? systemClock,
    environment: options.environment ?? process.env,
  });
}

/** Express calls what it is given with a request. */
function isRequest(options: unknown): boolean {
  return options instanceof IncomingMessage;
}
