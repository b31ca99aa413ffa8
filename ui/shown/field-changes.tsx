import type { FieldChange } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Photo, toPhotosOf, type WithPhotos } from './photo.js';
import { Text } from './text.js';
import { useValueText } from './value-text.js';

/** Longest text that stands beside another in one line. */
const SHORT = 24;

interface Props {
  readonly fields: readonly FieldChange[];
  /** The row, where its photos may be shown as pictures while they wait. */
  readonly row?: WithPhotos | undefined;
}

/** Fields before and after, as a diff: a line for what was, a line for what becomes; one line where both are short. */
export function FieldChanges({ fields, row }: Props) {
  const { t, name } = useWords();
  const toText = useValueText();
  return (
    <dl class="diff">
      {fields.map(({ field, from, to }) => {
        const photos = toPhotosOf(row, { field, from, to });
        return (
          <div key={field}>
            <dt>
              <Text value={name('field', field)} />
            </dt>
            <dd class={isShort(toText(field, from), toText(field, to)) ? 'short' : undefined}>
              {from !== undefined && (
                <del>
                  <span class="unseen">{t('held.old')} </span>
                  <Photo asked={photos.from} text={toText(field, from)} />
                </del>
              )}
              {to === undefined ? (
                from !== undefined && <ins class="nothing">{t('held.nothing')}</ins>
              ) : (
                <ins>
                  <span class="unseen">{t('held.new')} </span>
                  <Photo asked={photos.to} text={toText(field, to)} />
                </ins>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function isShort(...texts: readonly string[]): boolean {
  return texts.every((text) => text.length <= SHORT);
}
