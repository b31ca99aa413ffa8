import type { Connection } from 'mongoose';
import type { Outcome } from '../../lib/index.js';
import { describePhotos } from './describe-photos.js';
import { OUTCOME_STYLES } from './outcome-styles.js';
import { toChanges, type FieldChange, type People, type ShownPerson } from './people.js';
import { toPrintable, toWidth } from '../../cli/terminal/printable.js';
import type { Paint } from '../../cli/terminal/style.js';

/** A directory of one's own may be large; a screen is not. */
const MAX_PEOPLE = 60;

interface Difference {
  readonly previous: ShownPerson | undefined;
  readonly person: ShownPerson;
  readonly changes: readonly FieldChange[];
}

/** What another run changed, person by person: before → after. */
export async function toDifferences(
  before: People,
  after: People,
  { connection, paint }: { readonly connection: Connection; readonly paint: Paint },
): Promise<readonly string[]> {
  const differences = [...after.values()]
    .map((person): Difference => {
      const previous = before.get(person.userId);
      return { previous, person, changes: toChanges(previous, person) };
    })
    .filter(({ changes }) => changes.length > 0);
  const shown = differences.slice(0, MAX_PEOPLE);
  const changed = shown.filter(({ changes }) => changes.some(({ field }) => field === 'photo'));
  const photos = await describePhotos(
    connection,
    changed.map(({ person }) => person),
  );
  const hidden = differences.length - shown.length;
  return [
    ...shown.flatMap((difference) => toLines(difference, photos, paint)),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
  ];
}

function toLines(
  { previous, person, changes }: Difference,
  photos: ReadonlyMap<string, string>,
  paint: Paint,
): readonly string[] {
  const outcome = toOutcome(previous, person);
  const who = toPrintable(previous?.username ?? person.username);
  const width = Math.max(...changes.map(({ field }) => toWidth(field)));
  return [
    `  ${paint('bold', who)}  ${paint(OUTCOME_STYLES[outcome] ?? 'dim', outcome)}`,
    ...changes.map((change) => {
      const text =
        change.field === 'photo'
          ? toPhotoChange(change, photos.get(person.userId), previous !== undefined)
          : toTextChange(change, previous !== undefined);
      return `    ${paint('dim', change.field.padEnd(width))}  ${text}`;
    }),
  ];
}

function toOutcome(previous: ShownPerson | undefined, { active }: ShownPerson): Outcome {
  if (!previous) return 'created';
  if (previous.active === active) return 'updated';
  return active ? 'reactivated' : 'deactivated';
}

function toTextChange({ before, after }: FieldChange, wasThere: boolean): string {
  const now = toPrintable(after) || '–';
  return wasThere ? `${toPrintable(before) || '–'} → ${now}` : now;
}

/** Nobody knows a picture by its checksum. The former one is deleted by now. */
function toPhotoChange({ before, after }: FieldChange, described = 'a picture', wasThere: boolean): string {
  if (!wasThere) return described;
  if (after === '') return 'removed';
  return before === '' ? `none → ${described}` : `replaced: ${described}`;
}
