import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CommandError, type Mistake } from '../command-error.js';
import { readVariable, type Environment } from '../session/secret-files.js';
import { trustedProxies } from './trusted-proxies.js';

const value = z.union([z.boolean(), z.number(), z.string()]);
const port = z.union([
  z.int().min(0).max(65_535),
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((one) => one <= 65_535),
]);
const onOff = z.union([
  z.boolean(),
  z.enum(['on', 'off', 'true', 'false']).transform((text) => text === 'on' || text === 'true'),
]);

/** What `serve` can be told, by the name that a file uses, with the variable of the environment. */
export const SERVE_OPTIONS = {
  host: {
    variable: 'CHAT_LDAP_SYNC_HOST',
    about: 'the address to listen on',
    schema: z.string().min(1).max(255),
    usual: '127.0.0.1',
  },
  port: { variable: 'CHAT_LDAP_SYNC_PORT', about: 'the port; 0 is a free one', schema: port, usual: 3080 },
  schedule: {
    variable: 'CHAT_LDAP_SYNC_SCHEDULE',
    about: 'whether syncs start by the schedule of the settings',
    schema: onOff,
    usual: true,
  },
  metrics: {
    variable: 'CHAT_LDAP_SYNC_METRICS',
    about: 'whether /metrics answers; needs the package prom-client',
    schema: onOff,
    usual: true,
  },
  trustProxy: {
    variable: 'CHAT_LDAP_SYNC_TRUST_PROXY',
    about: 'the proxies before it: how many, or their addresses or networks with commas between; off: none',
    schema: trustedProxies,
    usual: 0,
  },
  logLevel: {
    variable: 'CHAT_LDAP_SYNC_LOG_LEVEL',
    about: 'debug, info, warn or error',
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    usual: 'info',
  },
} as const satisfies Record<string, { variable: string; about: string; schema: z.ZodType; usual: unknown }>;

type OptionName = keyof typeof SERVE_OPTIONS;
type OptionsOfServe = { readonly [Name in OptionName]: z.output<(typeof SERVE_OPTIONS)[Name]['schema']> };

export interface ServeConfig extends OptionsOfServe {
  /** Holds a password; `undefined`: nobody has said it. */
  readonly mongoUrl: string | undefined;
  /** As `OVERWRITE_SETTING_…`. */
  readonly settings: Readonly<Record<string, boolean | number | string>>;
}

const NAMES = Object.keys(SERVE_OPTIONS) as readonly OptionName[];
const file = z.strictObject({
  ...Object.fromEntries(NAMES.map((name) => [name, z.unknown().optional()])),
  mongoUrl: z.string().optional(),
  settings: z.record(z.string().regex(/^[A-Za-z]\w{0,79}$/), value).optional(),
});

/** From the environment, then the file, then the defaults. Throws a {@link CommandError} with all that is wrong. */
export function readServeConfig(path: string | undefined, environment: Environment): ServeConfig {
  const written = path === undefined ? {} : readConfigFile(path);
  const mistakes: Mistake[] = [];
  const options = NAMES.map((name) => {
    const { variable, schema, usual, about } = SERVE_OPTIONS[name];
    const given = readVariable(variable, environment);
    const from = given === undefined ? `${name} of the configuration` : variable;
    const parsed = schema.safeParse(given ?? (written[name] === undefined ? usual : written[name]));
    if (!parsed.success) mistakes.push({ message: `${from} cannot be used.`, remedy: `It is ${about}.` });
    return [name, parsed.data];
  });
  if (mistakes.length > 0) throw new CommandError('usage', 'serve cannot be started so.', { mistakes });
  return {
    ...(Object.fromEntries(options) as OptionsOfServe),
    mongoUrl: readVariable('MONGO_URL', environment) ?? written.mongoUrl,
    settings: written.settings ?? {},
  };
}

type ConfigFile = Readonly<Partial<Record<OptionName, unknown>>> &
  Pick<z.output<typeof file>, 'mongoUrl' | 'settings'>;

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT:
    'There is no such file: check the path that --config gives. A relative one starts where the command is run.',
  EACCES: 'Let the account that runs the command read the file.',
  EISDIR: 'This is a directory: give the file in it.',
  'it is not JSON':
    'Write it as one JSON object, such as {"port": 3080}: names in double quotes, no comments.',
};

function readConfigFile(path: string): ConfigFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code = 'it is not JSON' } = error as NodeJS.ErrnoException;
    throw new CommandError('usage', `The configuration ${path} cannot be read (${code}).`, {
      remedy: REMEDIES[code] ?? 'Give the path of a JSON file that can be read with --config.',
    });
  }
  const parsed = file.safeParse(content);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path: at, message }) => ({
    message: `${at.join('.') || 'The configuration'}: ${message}`,
  }));
  throw new CommandError('usage', `The configuration ${path} cannot be used.`, {
    mistakes,
    remedy: `Known are mongoUrl, settings, ${NAMES.join(', ')}.`,
  });
}
