import { toPrintable } from '../terminal/printable.js';
import type { Paint } from '../terminal/style.js';
import type { Change, Explanation } from '../session/client-port.js';
import { toFields } from './change-columns.js';
import { toOutline } from './outline.js';
import { toOutcomeStyle, toAge } from './run-words.js';
import { toValueText } from './value-text.js';

/** Why somebody looks so, in the order in which one asks. */
export function toExplanationLines(answer: Explanation, paint: Paint): readonly string[] {
  const { entry, whereabouts, match, rejection, guard, ...rest } = answer;
  const head = (text: string): string => paint('bold', text);
  return [
    head('In the directory'),
    `  ${toPrintable(entry?.dn ?? 'no entry')}${whereabouts ? paint('dim', `  (${toPrintable(whereabouts)})`) : ''}`,
    ...(rejection ? toAdvice(rejection.reason, rejection.remedy, paint) : []),
    ...toFieldLines(rest, paint),
    head('In the chat server'),
    ...(rest.user ? toOutline(rest.user, paint, '  ') : ['  no user']),
    head('How they belong together'),
    ...toAdvice(match.explanation, match.remedy, paint),
    head('What a sync would do'),
    ...toChangeLines(rest.changes, paint),
    `  ${toPrintable(guard.explanation)}`,
    ...(rest.rooms.length > 0
      ? [head('Rooms'), ...toOutline({ rooms: rest.rooms }, paint, '  ').slice(1)]
      : []),
    ...toRunLines(rest.runs, paint),
  ];
}

function toAdvice(text: string, remedy: string | undefined, paint: Paint): readonly string[] {
  return [
    `  ${toPrintable(text)}`,
    ...(remedy === undefined ? [] : [paint('yellow', `  → ${toPrintable(remedy)}`)]),
  ];
}

function toFieldLines({ fields }: Pick<Explanation, 'fields'>, paint: Paint): readonly string[] {
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  return fields.flatMap(({ field, value, setting, attributes, note }) => [
    `  ${paint('dim', field.padEnd(width))}  ${toPrintable(toValueText(value))}` +
      paint('dim', `  ${toPrintable(attributes.join(', '))} by ${setting}`),
    ...(note === undefined ? [] : [`  ${' '.repeat(width)}  ${toPrintable(note)}`]),
  ]);
}

function toChangeLines(changes: readonly Change[], paint: Paint): readonly string[] {
  if (changes.length === 0) return ['  nothing'];
  return changes.map((row) => {
    const what = [toFields(row), row.reason].filter(Boolean).join('; ');
    return `  ${paint(toOutcomeStyle(row.outcome), row.outcome)}  ${toPrintable(what)}`;
  });
}

function toRunLines(runs: Explanation['runs'], paint: Paint): readonly string[] {
  if (runs.length === 0) return [];
  return [
    paint('bold', 'What runs did'),
    ...runs.flatMap(({ runId, at, kind = 'run', rows }) => [
      `  ${toPrintable(kind)} ${toAge(at)}  ${paint('dim', runId)}`,
      ...toChangeLines(rows, paint).map((line) => `  ${line}`),
    ]),
  ];
}
