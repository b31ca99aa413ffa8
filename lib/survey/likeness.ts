/** Other names by which people know an attribute; a server answers by its own. */
const ALIASES: Readonly<Record<string, string>> = {
  commonname: 'cn',
  e: 'mail',
  email: 'mail',
  emailaddress: 'mail',
  fullname: 'cn',
  gn: 'givenname',
  login: 'uid',
  photo: 'jpegphoto',
  rfc822mailbox: 'mail',
  surname: 'sn',
  userid: 'uid',
  username: 'uid',
};

/** Longer names are no names of attributes that anybody writes by hand. */
const MAX_LENGTH = 64;

/** The name among `names` that somebody who wrote `name` has meant; `undefined` when none is like it. Pure. */
export function findAlike(name: string, names: readonly string[]): string | undefined {
  const key = name.toLowerCase();
  const alias = ALIASES[key];
  const known = names.find((other) => other.toLowerCase() === alias);
  return known ?? findMisspelt(name, names) ?? names.find((other) => isPartOf(key, other.toLowerCase()));
}

/** The same, only for a name that is misspelt. */
export function findMisspelt(name: string, names: readonly string[]): string | undefined {
  const key = name.toLowerCase();
  if (key.length > MAX_LENGTH) return undefined;
  const most = key.length < 3 ? 0 : 1 + Math.floor(key.length / 5);
  const [best] = names
    .filter((other) => other.length <= MAX_LENGTH)
    .map((other) => ({ other, distance: toDistance(key, other.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance);
  return best?.other;
}

function isPartOf(one: string, other: string): boolean {
  return Math.min(one.length, other.length) > 3 && (one.includes(other) || other.includes(one));
}

/** How many letters have to be put in, left out, changed, or exchanged with their neighbour. */
function toDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isExchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isExchanged ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
