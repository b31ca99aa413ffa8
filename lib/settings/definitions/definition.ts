/**
 * The section a setting belongs to: in docs/settings.md. It also says which use of the settings reports a
 * value of a wrong type.
 */
export type SettingPart =
  | 'connection'
  | 'schedule'
  | 'people'
  | 'policy'
  | 'guard'
  | 'new-users'
  | 'photos'
  | 'second-factor'
  | 'calls'
  | 'mail';

/** Whole numbers from `min` to `max`, both included. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

interface Meaning {
  readonly part: SettingPart;
  /** What the setting is for, in one sentence. */
  readonly about: string;
  /**
   * Whether the default may stand in for a stored value of a wrong type. False where the default could let
   * somebody in, rename people, or bring others than the administrator meant: such a value ends the run.
   */
  readonly safe: boolean;
}

export type SettingDefinition = Meaning &
  (
    | { readonly type: 'boolean'; readonly default: boolean }
    | { readonly type: 'int'; readonly default: number; readonly range: NumberRange }
    /** `range` are the values that a text may have, where there are few. */
    | { readonly type: 'string'; readonly default: string; readonly range?: readonly string[] }
  );

/** What makes the definitions of one part: its default, its range where it has one, then its sentence. */
export function definitionsOf(part: SettingPart, safe: boolean) {
  return {
    onOff: (value: boolean, about: string) =>
      ({ type: 'boolean', default: value, part, safe, about }) as const,
    number: (value: number, range: NumberRange, about: string) =>
      ({ type: 'int', default: value, range, part, safe, about }) as const,
    text: (value: string, about: string) => ({ type: 'string', default: value, part, safe, about }) as const,
    choice: <const T extends readonly string[]>(value: T[number], range: T, about: string) => {
      // What is stored may be any text.
      const text: string = value;
      return { type: 'string', default: text, range, part, safe, about } as const;
    },
  };
}
