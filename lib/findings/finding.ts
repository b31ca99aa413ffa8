import { fillText, toParams, type FindingParams, type ValuesOf } from './finding-text.js';
import { OF_BINDS } from './texts/binds.js';
import { OF_CHANGES } from './texts/changes.js';
import { OF_CONNECTIONS } from './texts/connections.js';
import { OF_FIELDS } from './texts/fields.js';
import { OF_GRANTS } from './texts/grants.js';
import { OF_GROUPS } from './texts/groups.js';
import { OF_HOSTS } from './texts/hosts.js';
import { OF_PEOPLE } from './texts/people.js';
import { OF_SEARCHES } from './texts/searches.js';
import { OF_VALUES } from './texts/values.js';
import { OF_VARIABLES } from './texts/variables.js';

/** Everything that is said of settings: what is wrong, and what to do. The English is the server's. */
export const FINDINGS = {
  ...OF_VALUES,
  ...OF_CHANGES,
  ...OF_HOSTS,
  ...OF_CONNECTIONS,
  ...OF_BINDS,
  ...OF_SEARCHES,
  ...OF_PEOPLE,
  ...OF_FIELDS,
  ...OF_VARIABLES,
  ...OF_GROUPS,
  ...OF_GRANTS,
} as const;

/** What a finding is about, as a closed list of stable codes, for translation. */
export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]];

/** What has been found out, and what to do about it. */
export interface Finding {
  readonly code: FindingCode;
  readonly params: FindingParams;
  /** One or more English sentences: what is wrong. */
  readonly message: string;
  /** One or more English sentences: what to do. */
  readonly remedy: string;
}

type TextsOf<Code extends FindingCode> = (typeof FINDINGS)[Code];
/** The values of a finding: the compiler misses none. */
export type FindingValues<Code extends FindingCode> = ValuesOf<TextsOf<Code>[0]> & ValuesOf<TextsOf<Code>[1]>;

export function toFinding<Code extends FindingCode>(code: Code, values: FindingValues<Code>): Finding {
  return fillFinding(code, toParams(values));
}

/** The finding with further values of its own text. */
export function withValues({ code, params }: Finding, more: FindingParams): Finding {
  return fillFinding(code, { ...params, ...more });
}

function fillFinding(code: FindingCode, params: FindingParams): Finding {
  const [message, remedy] = FINDINGS[code];
  return { code, params, message: fillText(message, params), remedy: fillText(remedy, params) };
}

/** The finding with every text that came from elsewhere changed, in its values and in its sentence alike. */
export function changeTexts(
  { code, params, message, remedy }: Finding,
  change: (text: string) => string,
): Finding {
  const changed = Object.entries(params).map(([name, value]) => {
    const text = change(String(value));
    return [name, text === String(value) ? value : text] as const;
  });
  return { code, params: Object.fromEntries(changed), message: change(message), remedy };
}
