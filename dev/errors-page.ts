/** The page docs/errors.md, made of the codes and of what is said to each. Pure. */
import type { IncompleteReason } from '../lib/directory/directory.js';
import { AD_CODE_REFUSALS, AD_REFUSALS } from '../lib/directory/ldap/ad-refusals.js';
import { CODE_REFUSALS, type Refusal } from '../lib/directory/ldap/refusals.js';
import { FINDINGS } from '../lib/findings/finding.js';
import type { LdapSyncErrorCode } from '../lib/errors.js';
import { ADVICE_CHAPTERS } from './advice/advice.js';
import { OTHER_FAILURES } from './error-codes.js';
import type { Meaning } from './meaning.js';
import { MISTAKES } from './setting-mistakes.js';

type DirectoryCode = Extract<LdapSyncErrorCode, `directory-${string}`>;

/** What a failure with this code means; the message says which case it is. */
const FAILURES: Readonly<Record<DirectoryCode, Meaning>> = {
  'directory-unreachable': {
    meaning:
      'There is no connection: no such host, refused, no route, no SRV record; or what answers is not LDAP.',
    remedy: 'Check `LDAP_Host`, `LDAP_Port` and the firewall, or name more hosts in `LDAP_Failover_Hosts`.',
  },
  'directory-timeout': {
    meaning: 'The server said nothing for too long, or was still sending at the deadline.',
    remedy:
      'Look at the load of the server; raise `LDAP_Connect_Timeout` for a slow line, `LDAP_Timeout` for a slow search.',
  },
  'directory-tls': {
    meaning:
      'TLS failed: the certificate is not trusted or for another name, StartTLS was refused, or the port expects ' +
      'TLS and was spoken to in clear, or the reverse. No password was sent.',
    remedy:
      '`LDAP_CA_Cert` for the certificate, `LDAP_Encryption` and `LDAP_Port` for the port. The message names which.',
  },
  'directory-bind': {
    meaning: 'The server refused the service account. The tables below have the reasons.',
    remedy: 'What the table says; it is about the name and the password only where the reason says so.',
  },
  'directory-search': {
    meaning: 'The server refused a search: no such base, no right to read, a demand of the server, or busy.',
    remedy: '`LDAP_BaseDN`, `LDAP_User_Search_Filter`, and the read rights of the service account.',
  },
  'directory-lost': {
    meaning: 'The connection ended in the middle, or the server sent what is not LDAP or is too large.',
    remedy: 'Run the sync again; if it returns, look into the log of the directory server.',
  },
};

/** Why a sweep that ended without a failure did not show everybody. Nobody is switched off then. */
const INCOMPLETE: Readonly<Record<IncompleteReason, Meaning>> = {
  'size-limit': {
    meaning: 'A limit of the number of entries was met.',
    remedy:
      '`LDAP_Search_Size_Limit` (0 is none), and the size limit of the service account on the server. Before ' +
      'the first entry: `LDAP_Search_Page_Size`.',
  },
  'time-limit': {
    meaning: "The server's time limit for a search was met.",
    remedy: 'Raise it for the service account, or index what `LDAP_User_Search_Filter` asks for.',
  },
  'admin-limit': {
    meaning: 'An administrative limit was met: entries looked through, or the size of a page.',
    remedy:
      'Raise it for the service account, or index what the filter asks for. Before the first entry: ' +
      '`LDAP_Search_Page_Size`.',
  },
  'paging-unsupported': {
    meaning: 'The server does not page, so nothing shows that all entries came.',
    remedy: 'Set `LDAP_Search_Page_Size` to 0 if it is known to send everything at once.',
  },
  referral: {
    meaning: 'A part of the base is on another server, which was not searched.',
    remedy:
      'Choose a base on one server, or the global catalogue (3268, 3269). If nobody who is synced is there, ' +
      'approve the list that is held.',
  },
};

export function toErrorsPage(): string {
  return [
    `<!-- Made by \`npm run docs\` from lib/directory and dev/advice. Do not edit it by hand. -->

# Errors

This page has every code: what it means, and what to do. The same remedy stands beside every error in the
report, in \`ldap.status\` and in the answer of \`ldap.testConnection\`. Where you have a message rather than a code, look into
[troubleshooting](troubleshooting.md).

## Failures

A run that meets one of these fails. What was written until then stays and is right.
`,
    toTable('code', FAILURES),
    `## An incomplete sweep

The directory was read, but not wholly. Everything additive is done; what takes away is not. The code is \`sweep-incomplete\`, and
\`params.cause\` is one of these.
`,
    toTable('cause', INCOMPLETE),
    `## A mistake in the settings

What the first entries show is compared with the settings before anybody is written. [Operations](operations.md#mistakes-in-the-settings)
says how; \`ldap.testSettings\` says the same without a run.
`,
    toMarkdown(
      ['the message says', 'the run', 'what it means', 'what to do'],
      MISTAKES.map(({ says, ends, meaning, remedy }) => [says, ends, meaning, remedy]),
    ),
    `## Why a service account is refused

By the result code of LDAP (RFC 4511). Words of the server, which are quoted in the message, count before it.
`,
    toRefusals('result', CODE_REFUSALS),
    `## What Active Directory means

By the code behind \`data\` in the text of a refused bind. It counts before the result.
`,
    toRefusals('data', AD_REFUSALS),
    'By the code in front of the text:\n',
    toRefusals('code', AD_CODE_REFUSALS),
    ...ADVICE_CHAPTERS.flatMap(({ title, text, rows }) => [
      `## ${title}\n\n${text}\n`,
      toTable('code', rows),
    ]),
    `## What is said of a setting

The code of a problem or a warning of \`ldap.testSettings\`, \`ldap.suggestSettings\`, \`ldap.settings\` and of
\`details.problems\`. What stands in braces is a value of \`params\`.
`,
    toMarkdown(['code', 'what it says', 'what to do'], toFindingRows()),
    `## Other failures

Codes of \`LdapSyncError\`, which are also the \`errorType\` of an answer that refuses.
`,
    toTable('code', OTHER_FAILURES),
  ].join('\n');
}

function toFindingRows(): readonly (readonly string[])[] {
  // A part that is there only with its value stands between brackets, which to Markdown begin a link.
  const toText = (text: string): string => text.replace(/[[\]]/g, '').replaceAll('*', '\\*');
  return Object.entries(FINDINGS).map(([code, texts]) => [`\`${code}\``, ...texts.map(toText)]);
}

function toTable(head: string, rows: Readonly<Record<string, Meaning>>): string {
  const cells = Object.entries(rows).map(([code, { meaning, remedy }]) => [`\`${code}\``, meaning, remedy]);
  return toMarkdown([head, 'what it means', 'what to do'], cells);
}

function toRefusals(head: string, rows: Readonly<Record<string, Refusal>>): string {
  const cells = Object.entries(rows).map(([code, { reason, remedy }]) => [`\`${code}\``, reason, remedy]);
  return toMarkdown([head, 'the message says', 'what to do'], cells);
}

function toMarkdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .concat('')
    .join('\n');
}
