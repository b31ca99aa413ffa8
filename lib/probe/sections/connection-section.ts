import { toFinding } from '../../findings/finding.js';
import { describeQuietly } from '../../directory/describe-quietly.js';
import type { Directory, DirectoryAddress } from '../../directory/directory.js';
import type { ServerDescription } from '../../directory/server-description.js';
import type { ShownTls } from '../../directory/shown-tls.js';
import { LdapSyncError } from '../../errors.js';
import { findConnectionRisks } from '../../settings/connection-risks.js';
import { judgeServerType } from '../../settings/directory-server-type.js';
import type { SettingProblem } from '../../settings/settings.js';
import { toOpeningProblem } from './opening-problem.js';
import { judgeTls, toPinOffer } from './pin-offer.js';
import { toSection, type Section } from './section.js';
import type { SectionContext } from './section-context.js';
import type { ConnectionFacts } from './section-facts.js';

/** A certificate that expires sooner is told of. */
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Connects and sets TLS up as a sync would, without signing in. What the server has shown is told also when it is not
 * trusted.
 */
export async function testConnectionSection(context: SectionContext): Promise<Section<ConnectionFacts>> {
  const { address, clock, settings } = context;
  const opened = await open(context);
  const server = 'failure' in opened ? undefined : await toNamed(opened.server, context);
  const { distrust, expiry, ...shown } = judgeShown(await inspect(context, server), clock());
  const warnings = [...findConnectionRisks(address), ...expiry];
  const facts: ConnectionFacts = {
    encryption: address.encryption,
    isVerified: server !== undefined && address.encryption !== 'plain' && address.rejectUnauthorized,
    ...(server ? { server: toServer(server) } : {}),
    otherHosts: address.failoverHosts?.length ?? 0,
    ...('openedMs' in opened ? { openedMs: opened.openedMs } : {}),
    ...shown,
  };
  if ('failure' in opened)
    return toSection({ facts, warnings, problems: tellFailure(opened.failure, distrust) });
  const mismatch = server && judgeServerType(server, settings.get('LDAP_Server_Type'));
  return toSection({ facts, problems: mismatch ? [mismatch] : [], warnings: [...distrust, ...warnings] });
}

/** What is wrong with a certificate is said better by what it shows. */
function tellFailure(failure: LdapSyncError, distrust: readonly SettingProblem[]): readonly SettingProblem[] {
  return failure.code === 'directory-tls' && distrust.length > 0 ? distrust : [toOpeningProblem(failure)];
}

function judgeShown(tls: ShownTls | undefined, now: Date) {
  if (!tls) return { distrust: [], expiry: [] };
  const pin = toPinOffer(tls, now);
  return { tls, ...(pin ? { pin } : {}), distrust: judgeTls(tls, pin), expiry: findExpiry(tls, now) };
}

type Opened =
  | { readonly openedMs: number; readonly server: ServerDescription | undefined }
  | { readonly failure: LdapSyncError };

async function open({ address, openDirectory, signal }: SectionContext): Promise<Opened> {
  const began = performance.now();
  let directory: Directory | undefined;
  try {
    directory = await openDirectory(withoutBind(address), signal);
    const openedMs = Math.round(performance.now() - began);
    return { openedMs, server: await describeQuietly(directory, signal) };
  } catch (error) {
    if (error instanceof LdapSyncError) return { failure: error };
    throw error;
  } finally {
    directory?.close();
  }
}

/** Some servers say who they are only to those who have signed in. */
async function toNamed(
  server: ServerDescription | undefined,
  { address, session, signal }: SectionContext,
): Promise<ServerDescription | undefined> {
  if (!address.bind || (server && server.kind !== 'unknown')) return server;
  try {
    return (await describeQuietly(await session.directory(), signal)) ?? server;
  } catch (error) {
    if (error instanceof LdapSyncError) return server;
    throw error;
  }
}

async function inspect(
  { address, inspectTls, signal }: SectionContext,
  server: ServerDescription | undefined,
): Promise<ShownTls | undefined> {
  if (address.encryption === 'plain') return undefined;
  const one = server ? { host: server.host, port: server.port, failoverHosts: [] } : {};
  try {
    return await inspectTls({ ...withoutBind(address), ...one }, signal);
  } catch (error) {
    // Why the server cannot be reached has been told.
    if (error instanceof LdapSyncError) return undefined;
    throw error;
  }
}

function findExpiry({ chain }: ShownTls, now: Date): readonly SettingProblem[] {
  return chain.flatMap(({ subject, validTo }) => {
    const days = Math.floor((+validTo - +now) / DAY_MS);
    if (Number.isNaN(days) || days < 0 || days >= SOON_DAYS) return [];
    return { setting: 'LDAP_Host', ...toFinding('certificate-expires', { subject, days }) };
  });
}

function withoutBind({ bind: _, ...address }: DirectoryAddress): DirectoryAddress {
  return address;
}

function toServer({ host, port, kind, name, version }: ServerDescription): ConnectionFacts['server'] {
  return { host, port, kind, name, ...(version === undefined ? {} : { version }) };
}
