import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readServeConfig, SERVE_OPTIONS } from '../../cli/serve/config.js';
import { SETTINGS } from '../../lib/settings/definitions.js';

const ROOT = join(__dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
}
interface Compose {
  readonly services: Readonly<Record<'mongodb' | 'openldap' | 'sidecar', Service>>;
  readonly secrets: Readonly<Record<string, { readonly file?: string; readonly environment?: string }>>;
  readonly volumes: Readonly<Record<string, null>>;
}

describe('the Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');
  const valueOf = (word: string): string =>
    lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? '';

  it('takes one version of Node that this package runs on, in all stages', () => {
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/^node:20\.(?:19|[2-9]\d)\.\d+-bookworm-slim$/);
  });

  it('is not root, and starts serve as the package does with no variable but the address', () => {
    expect(valueOf('USER')).toBe('1000:1000');
    expect(JSON.parse(valueOf('ENTRYPOINT'))).toEqual(['node', 'dist/cli/main.js']);
    expect(JSON.parse(valueOf('CMD'))).toEqual(['serve']);
    const set = [...read('Dockerfile').matchAll(/\b(CHAT_LDAP_SYNC_\w+)=(\S+)/g)].map(([, ...one]) => one);
    expect(set).toEqual([['CHAT_LDAP_SYNC_HOST', '0.0.0.0']]);
    const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
    expect(bin['chat-ldap-sync']).toBe('dist/cli/main.js');
  });

  it('installs what a host gives in the versions of the lock', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    const wanted = [...read('Dockerfile').matchAll(/(express|mongoose|prom-client)@(\S+)/g)];
    expect(wanted.map(([, name]) => name)).toEqual(['express', 'mongoose', 'prom-client']);
    for (const [, name, version] of wanted)
      expect(packages[`node_modules/${name ?? ''}`]?.version).toBe(version);
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const let_ = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const path of copied)
      expect([path, existsSync(join(ROOT, path)), let_.includes(path)]).toEqual([path, true, true]);
    const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
    expect(copied).toEqual(
      expect.arrayContaining([...include, 'ui', 'dev/build-page.ts', 'dev/page-build.ts']),
    );
  });
});

describe('compose.yaml', () => {
  const { services, secrets, volumes } = parse(read('compose.yaml')) as Compose;

  it('has a MongoDB that initiates its replica set, an OpenLDAP, and the sidecar after both', () => {
    expect(Object.keys(services)).toEqual(['mongodb', 'openldap', 'sidecar']);
    expect(services.mongodb.healthcheck?.test.join(' ')).toContain('rs.initiate');
    expect(services.sidecar.depends_on).toEqual({
      mongodb: { condition: 'service_healthy' },
      openldap: { condition: 'service_healthy' },
    });
    for (const { secrets: used = [] } of Object.values(services))
      for (const name of used) expect(secrets).toHaveProperty(name);
    expect(Object.keys(volumes)).toEqual(['mongodb', 'openldap-data', 'openldap-config']);
  });

  it('gives the sidecar only variables that it reads, and values that it takes', () => {
    const environment = services.sidecar.environment ?? {};
    const known = new Set<string>([
      'MONGO_URL',
      ...Object.values(SERVE_OPTIONS).map(({ variable }) => variable),
    ]);
    for (const name of Object.keys(environment)) {
      const setting = /^OVERWRITE_SETTING_(\w+?)(?:_FILE)?$/.exec(name)?.[1];
      expect([name, setting === undefined ? known.has(name) : Object.hasOwn(SETTINGS, setting)]).toEqual([
        name,
        true,
      ]);
    }
    const { mongoUrl, schedule } = readServeConfig(undefined, environment);
    expect([mongoUrl, schedule]).toEqual(['mongodb://mongodb:27017/rocketchat?replicaSet=rs0', true]);
  });

  it('gives no read-only service a secret of a variable, which Compose could not copy into it', () => {
    const readOnly = Object.values(services).filter(({ read_only: isReadOnly }) => isReadOnly);
    expect(readOnly).toContain(services.sidecar);
    for (const name of readOnly.flatMap(({ secrets: used = [] }) => used))
      expect(secrets[name]).toEqual({ file: expect.stringMatching(/^\.\//) });
  });

  it('publishes the sidecar on this machine only, and holds no password', () => {
    expect(services.sidecar.ports).toEqual(['127.0.0.1:3080:3080']);
    expect(read('compose.yaml')).not.toMatch(/PASSWORD(?!_FILE)\w*: *\S/);
  });
});

it('the page names every variable of serve with its default', () => {
  const page = read('docs/command-line.md');
  for (const [name, { variable, about, usual }] of Object.entries(SERVE_OPTIONS)) {
    const shown = usual === true ? 'on' : String(usual);
    const cells = [
      `\`${variable}\``,
      `\`${name}\``,
      about.replace('/metrics', '`/metrics`').replace('prom-client', '`prom-client`'),
      `\`${shown}\``,
    ];
    expect(page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))).toContainEqual([
      '',
      ...cells,
      '',
    ]);
  }
});
