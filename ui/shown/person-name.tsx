import { toPersonLink } from '../shell/route.js';
import { toPlace } from './dn.js';
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
