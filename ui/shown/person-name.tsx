import { toPersonLink } from '../shell/route.js';
import { Text } from './text.js';

interface Named {
  readonly name?: string | undefined;
  readonly username?: string | undefined;
  readonly dn?: string | undefined;
  readonly userId?: string | undefined;
}

interface Props extends Named {
  /** False where the place of the entry stands elsewhere. */
  readonly hasPlace?: boolean;
}

/** Who somebody is: the name first, then what tells them apart. */
export function PersonName({ name, username, dn, userId, hasPlace = true }: Props) {
  const first = name ?? username ?? dn ?? userId ?? '';
  return (
    <span class="who">
      <a class="who-name" href={toLink({ username, dn, userId })}>
        <Text value={first} />
      </a>
      {username !== undefined && name !== undefined && (
        <span class="who-user">
          <Text value={`@${username}`} />
        </span>
      )}
      {dn !== undefined && hasPlace && (
        <span class="who-dn">
          <Text value={toPlace(dn)} />
        </span>
      )}
    </span>
  );
}

function toLink({ username, dn, userId }: Named): string {
  if (userId !== undefined) return toPersonLink('id', userId);
  if (dn !== undefined) return toPersonLink('dn', dn);
  return toPersonLink('username', username ?? '');
}

/** The parts of a DN; a comma that is escaped belongs to its part. */
export function splitDn(dn: string): readonly string[] {
  return dn.match(/(?:\\.|[^,\\])+/g) ?? [];
}

/** Where an entry is, from the inside out, without its own name: `Sales · People · example.org`. */
export function toPlace(dn: string): string {
  const parts = splitDn(dn)
    .slice(1)
    .map((part) => part.trim());
  const domain = parts.filter((part) => /^dc=/i.test(part)).map((part) => part.slice(3));
  const places = parts.filter((part) => !/^dc=/i.test(part)).map((part) => part.replace(/^\w+=/, ''));
  return [...places, ...(domain.length > 0 ? [domain.join('.')] : [])].join(' · ');
}
