const PARTS = /^(mongodb(?:\+srv)?:\/\/(?:[^/?@]*@)?[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;
/** Mechanisms that do not keep their users in a database. */
const EXTERNAL = /(?:^|&)authMechanism=(?!SCRAM)/i;

/**
 * The connection string without its database: of several hosts too, which `URL` cannot read. A sign-in stays
 * at the database that was named, or at `admin`. Throws when it is no MongoDB URL; never shows what it holds.
 */
export function toServerUrl(url: string): string {
  const { server, database, options } = parse(url);
  const needsSource = server.includes('@') && !/(?:^|&)authSource=/i.test(options) && !EXTERNAL.test(options);
  return join(
    server,
    '',
    needsSource ? [options, `authSource=${database || 'admin'}`].filter(Boolean).join('&') : options,
  );
}

/** A server's URL, as `toServerUrl` gives it, with a database. */
export function toDatabaseUrl(serverUrl: string, database: string): string {
  const { server, options } = parse(serverUrl);
  return join(server, database, options);
}

function parse(url: string): { server: string; database: string; options: string } {
  const match = PARTS.exec(url);
  if (!match?.[1]) throw new Error('MONGO_URL is not a MongoDB URL; it looks like mongodb://host:27017/ .');
  return { server: match[1], database: match[2] ?? '', options: match[3] ?? '' };
}

function join(server: string, database: string, options: string): string {
  return `${server}/${database}${options === '' ? '' : `?${options}`}`;
}
