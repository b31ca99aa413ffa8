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
