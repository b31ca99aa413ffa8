import type { Advice } from '../advice.js';
import type { Settings } from '../settings/settings.js';
import type { RunProblem, RunSummary } from '../../models/run-report.js';

/** The certificate that ends first, of the chain that the directory server has shown to the last run. */
export interface CertificateStatus {
  /** The name of its holder. */
  readonly subject: string;
  readonly validTo: Date;
  /** Whole days; negative once it has ended. */
  readonly daysLeft: number;
  /** The server that has shown it. */
  readonly host: string;
  /** The run that has seen it. */
  readonly runId: string;
}

/** What is known of the directory without asking it. */
export interface DirectoryStatus {
  /** `null`: the connection is not encrypted, or no run has seen one. */
  readonly certificate: CertificateStatus | null;
  readonly problems: readonly (RunProblem & Pick<Advice, 'code' | 'params'>)[];
}

const DAY_MS = 86_400_000;
/** From here on somebody has to act: a new certificate may take a week to get. */
const SOON_DAYS = 14;

/** `run`: the newest that a directory server has answered. */
export function toDirectoryStatus(
  run: RunSummary | undefined,
  { get }: Settings,
  now: Date,
): DirectoryStatus {
  const { host = '', certificate: seen } = run?.server ?? {};
  if (!run || !seen || !get('LDAP_Enable') || get('LDAP_Encryption') === 'plain')
    return { certificate: null, problems: [] };
  const { subject, validTo } = seen;
  const daysLeft = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  const certificate = { subject, validTo, daysLeft, host, runId: run._id };
  return { certificate, problems: daysLeft > SOON_DAYS ? [] : [toProblem(certificate)] };
}

function toProblem({
  subject,
  host,
  daysLeft,
  validTo,
}: CertificateStatus): DirectoryStatus['problems'][number] {
  const until = validTo.toISOString().slice(0, 10);
  if (daysLeft < 0)
    return {
      code: 'certificate-ended',
      params: { subject, host, until },
      message: `The certificate ${subject}, which ${host} has shown, ended on ${until}.`,
      remedy: 'Give the directory server a new certificate, then run the sync: until then it cannot connect.',
    };
  const left = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
  return {
    code: 'certificate-ends-soon',
    params: { subject, host, until, days: daysLeft },
    message: `The certificate ${subject}, which ${host} shows, ends in ${left}, on ${until}.`,
    remedy:
      'Give the directory server a new certificate before that day: afterwards no sync can connect. The next sync ' +
      'looks again.',
  };
}
