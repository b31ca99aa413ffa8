import type { DecodedResult } from '../wire/decode-result.js';
import { LIMITS } from '../wire/limits.js';
import { toForeign } from './own-partitions.js';
import { createSecretDetector } from './secret-detector.js';

/** A result as the rest of the package sees it, with clean texts. */
export interface ResponseResult extends Pick<DecodedResult, 'operation' | 'resultCode' | 'cookie'> {
  readonly diagnosticMessage: string;
  /** Active Directory's `data …` of a refused bind; empty when there is none. */
  readonly adReason: string;
  /** The hexadecimal number that Active Directory's texts begin with; empty when there is none. */
  readonly adCode: string;
  /** Where the server would rather have the client go. */
  readonly referrals: readonly string[];
  /** What an extended response holds, as a text; empty when there is nothing. */
  readonly value: string;
  /** There are referrals, and all lead to partitions of an Active Directory that hold no people. */
  readonly leadsNowhere: boolean;
}

/** Cleans the texts of a server. None is shown or logged before. */
export interface ServerText {
  /** On one line, bounded, without control characters, and without anything that gives a secret away. */
  clean(text: Buffer | string): string;
  result(result: DecodedResult): ResponseResult;
  /**
   * The same error with a clean text, and nothing but its text and its code: an error of TLS carries the
   * server's whole certificate, one of ldapjs the server's words, and Express prints an error's own
   * properties and those of its causes.
   */
  error(error: Error & { code?: unknown }): Error & { code?: string | number };
}

const MAX_SHOWN = 300;
/** So much is looked through, since a secret that is cut short is still half a secret. */
const MAX_READ_BYTES = 1_024;
/** A shorter secret cannot be told from ordinary words, so that nothing that was said can be shown. */
const MIN_SECRET_LENGTH = 6;
/** An ellipsis, as the bytes of UTF-8. */
const MARK = Buffer.from('…').toString('latin1');
const WITHHELD_SHORT = '(withheld: the password of the service account is too short to be looked for in it)';
const WITHHELD = '(withheld: it repeats the password of the service account)';
// Matches also characters that turn text around or hide in it.
const UNSHOWN = /[\p{C}\p{Z}\s\ufffd]+/gu;
const AD_REASON = /\bdata ([0-9a-f]{3}|[0-9a-f]{8})(?:,|\s|\0|$)/i;
const AD_CODE = /^\s*([0-9a-f]{8}): /i;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,59}$/;

/** `secrets`: what was sent to the server and must not come back in a text; empty ones do not count. */
export function createServerText(secrets: readonly string[]): ServerText {
  const told = secrets.filter((secret) => secret !== '');
  const isTooShort = told.some((secret) => secret.trim().length < MIN_SECRET_LENGTH);
  const givesAway = createSecretDetector(told);

  function clean(text: Buffer | string): string {
    const said = Buffer.from(typeof text === 'string' ? text.slice(0, MAX_READ_BYTES) : text);
    const bytes = said.subarray(0, MAX_READ_BYTES);
    if (bytes.toString().replace(UNSHOWN, '') === '') return '';
    if (isTooShort) return WITHHELD_SHORT;
    let binary = bytes.toString('latin1');
    for (const secret of told) binary = binary.replaceAll(Buffer.from(secret).toString('latin1'), MARK);
    const shown = Buffer.from(binary, 'latin1');
    if (givesAway(shown)) return WITHHELD;
    return shown.toString('utf8').replace(UNSHOWN, ' ').trim().slice(0, MAX_SHOWN);
  }

  return {
    clean,
    result: ({ operation, resultCode, cookie, diagnostic, referrals, value }) => ({
      operation,
      resultCode,
      cookie,
      // Looking through a text costs milliseconds, and most are never read.
      get diagnosticMessage() {
        return clean(diagnostic);
      },
      // The codes are only looked up in lists, so they give no secret away and count even when all other
      // text is withheld.
      adReason: AD_REASON.exec(diagnostic.toString('latin1'))?.[1]?.toLowerCase() ?? '',
      adCode: AD_CODE.exec(diagnostic.toString('latin1'))?.[1]?.toLowerCase() ?? '',
      get value() {
        return value ? clean(value) : '';
      },
      leadsNowhere: referrals.length > 0 && toForeign(referrals).length === 0,
      get referrals() {
        return toForeign(referrals).slice(0, LIMITS.references).map(clean);
      },
    }),
    error({ code, message, name }) {
      const known =
        typeof code === 'number' || (typeof code === 'string' && ERROR_CODE.test(code)) ? code : '';
      const safe: Error & { code?: string | number } = new Error(clean(message) || String(known));
      safe.name = /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error';
      if (known !== '') safe.code = known;
      return safe;
    },
  };
}
