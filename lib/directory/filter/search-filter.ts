/** A search filter (RFC 4511 §4.5.1.7), parsed. Values are bytes, so nothing is ever escaped or injected. */
export type SearchFilter =
  | { readonly type: 'and' | 'or'; readonly filters: readonly SearchFilter[] }
  | { readonly type: 'not'; readonly filter: SearchFilter }
  | {
      readonly type: 'equal' | 'greaterOrEqual' | 'lessOrEqual' | 'approx';
      readonly attribute: string;
      readonly value: Buffer;
    }
  | { readonly type: 'present'; readonly attribute: string }
  | {
      readonly type: 'substring';
      readonly attribute: string;
      readonly initial?: Buffer;
      readonly any: readonly Buffer[];
      readonly final?: Buffer;
    }
  | {
      readonly type: 'extensible';
      readonly attribute?: string;
      readonly rule?: string;
      readonly value: Buffer;
      readonly dnAttributes: boolean;
    };

/** Matches what every one of the filters matches. */
export function allOf(filters: readonly SearchFilter[]): SearchFilter {
  return { type: 'and', filters };
}

/** Matches what at least one of the filters matches; of one filter, that filter itself. */
export function anyOf(filters: readonly SearchFilter[]): SearchFilter {
  const [only] = filters;
  return filters.length === 1 && only ? only : { type: 'or', filters };
}

/** Throws `TypeError` when `attribute` is not an attribute description. */
export function equals(attribute: string, value: string | Buffer): SearchFilter {
  return { type: 'equal', attribute: assertAttribute(attribute), value: Buffer.from(value) };
}

/** Throws `TypeError` when `attribute` is not an attribute description. */
export function present(attribute: string): SearchFilter {
  return { type: 'present', attribute: assertAttribute(attribute) };
}

const DESCRIPTION = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)(?:;[A-Za-z0-9=-]+)*$/;

/** An attribute description (RFC 4512 §2.5): a name or an OID, with options. */
export function isAttributeDescription(text: string): boolean {
  return text.length <= 256 && DESCRIPTION.test(text);
}

const NAME = /^[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+)*$/;

/** An attribute that can be asked for by name. ldapjs sends no OIDs in the list of wanted attributes. */
export function isAttributeName(text: string): boolean {
  return text.length <= 256 && NAME.test(text);
}

function assertAttribute(attribute: string): string {
  if (!isAttributeDescription(attribute))
    throw new TypeError(`${JSON.stringify(attribute.slice(0, 60))} is not an LDAP attribute.`);
  return attribute;
}
