/** A match of a text, as a replacement speaks of it. */
export interface Replaced {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
  readonly groupNames: ReadonlyMap<string, number>;
}

const SPECIAL = /\$(?:\$|&|`|'|[0-9]{1,2}|<([^>]*)>)/g;

/** The replacement with `$1`, `$&` and the like filled as in JavaScript (ECMA-262, GetSubstitution). Pure. */
export function fillReplacement(replacement: string, match: Replaced): string {
  if (!replacement.includes('$')) return replacement;
  const { text, start, end, groups, groupNames } = match;
  return replacement.replace(SPECIAL, (special, name: string | undefined) => {
    const sign = special.slice(1);
    if (sign === '$') return '$';
    if (sign === '&') return text.slice(start, end);
    if (sign === '`') return text.slice(0, start);
    if (sign === "'") return text.slice(end);
    if (name === undefined) return toGroup(sign, groups) ?? special;
    // Without any named group, `$<` means itself.
    return groupNames.size === 0 ? special : (groups[groupNames.get(name) ?? -1] ?? '');
  });
}

/** `$12` is the twelfth group; where there are fewer, the first, and a 2 after it. */
function toGroup(digits: string, groups: readonly (string | undefined)[]): string | undefined {
  const index = Number(digits);
  if (index > 0 && index < groups.length) return groups[index] ?? '';
  const first = Number(digits[0]);
  if (digits.length < 2 || first === 0 || first >= groups.length) return undefined;
  return (groups[first] ?? '') + digits.slice(1);
}
