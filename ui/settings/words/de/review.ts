import type { Word } from '../../../words/word.js';
import type { review as english } from '../en/review.js';

/** Words of proposals, previews of the draft, and the history, in German. */
export const review: Readonly<Record<keyof typeof english, Word>> = {
  'suggest.open': 'Werte vorschlagen',
  'suggest.title': 'Was das Verzeichnis vorschlägt',
  'suggest.text':
    'Das Verzeichnis wird mit der Adresse und dem Konto des Entwurfs angesehen. Bis zum Speichern ändert sich nichts.',
  'suggest.ask': 'Verzeichnis ansehen',
  'suggest.again': 'Noch einmal ansehen',
  'suggest.going': 'Das Verzeichnis wird angesehen…',
  'suggest.found': { one: '{count} Wert wird vorgeschlagen.', other: '{count} Werte werden vorgeschlagen.' },
  'suggest.looked': { one: '{count} Person wurde angesehen.', other: '{count} Personen wurden angesehen.' },
  'suggest.lookedMore': 'Die ersten {count} Personen wurden angesehen.',
  'suggest.none': 'Noch lässt sich nichts vorschlagen',
  'suggest.nothing': 'Alles ist wie vorgeschlagen',
  'suggest.takeAll': { one: '{count} Wert in den Entwurf', other: 'Alle {count} Werte in den Entwurf' },
  'suggest.caption': 'Vorgeschlagene Werte, jeder mit dem, was dafür spricht',
  'suggest.setting': 'Einstellung',
  'suggest.value': 'Jetzt und vorgeschlagen',
  'suggest.why': 'Warum',
  'suggest.now': 'jetzt',
  'suggest.take': 'Übernehmen',
  'suggest.taken': 'im Entwurf',
  'suggest.same': 'wie es ist',
  'suggest.others': { one: '{count} anderer Wert', other: '{count} andere Werte' },
  'confidence.high': 'sicher',
  'confidence.medium': 'wahrscheinlich',
  'confidence.low': 'geraten',
  'review.nothing': 'Nichts ist geändert',
  'review.nothing.text':
    'Ändern Sie eine Einstellung, und hier steht, was das täte, bevor etwas gespeichert wird.',
  'review.saved': 'Die Einstellungen sind gespeichert',
  'review.saved.text':
    'Noch ist niemandem etwas geschehen. Der nächste Abgleich folgt ihnen; nimmt er zu viel weg, so wartet das auf eine Entscheidung.',
  'review.saved.next': 'Zum Zustand, für Vorschau oder Abgleich',
  'review.title': { one: '{count} Änderung', other: '{count} Änderungen' },
  'review.preview': 'Vorschau',
  'review.again': 'Vorschau noch einmal',
  'review.text':
    'Diese Änderungen können einschränken oder umschreiben, wer abgeglichen wird. Eine Vorschau liest damit alle und schreibt niemandem.',
  'review.off':
    'Mit diesen Einstellungen wird niemand abgeglichen (das Verzeichnis oder der Abgleich ist aus), also gibt es keine Vorschau.',
  'review.stale': 'Die Änderungen sind nicht mehr die der Vorschau. Bitte noch einmal ansehen.',
  'review.going': {
    one: '{kind}: {count} Person bisher gelesen',
    other: '{kind}: {count} Personen bisher gelesen',
  },
  'would.removes': {
    one: '{count} Änderung nimmt jemandem etwas',
    other: '{count} Änderungen nehmen Personen etwas',
  },
  'would.removesNothing': 'Niemandem wird etwas genommen',
  'would.held':
    'Ein Abgleich hielte das für eine Entscheidung an. Hier zu speichern und auszuführen ist diese Entscheidung.',
  'would.failed': 'Die Vorschau ist nicht gelungen',
  'apply.open': 'Speichern und ausführen',
  'apply.saveOnly': 'Nur speichern',
  'apply.saveOnly.text': 'Dann entscheidet der nächste Abgleich, und der Wächter hält an, was zu viel ist.',
  'apply.title': 'Einstellungen speichern und das Gezeigte tun?',
  'apply.confirm': 'Speichern und ausführen',
  'apply.text': {
    one: '{count} Änderung nimmt jemandem etwas. Sie wird ohne weitere Frage ausgeführt.',
    other: '{count} Änderungen nehmen Personen etwas. Sie werden ohne weitere Frage ausgeführt.',
  },
  'apply.text.none': 'Niemandem wird etwas genommen.',
  'apply.sweep':
    'Das Verzeichnis wird noch einmal gelesen. Was die Vorschau nicht zeigte, wartet auf eine Entscheidung.',
  'applied.done': 'Die Einstellungen sind gespeichert, die Vorschau ist ausgeführt',
  'applied.failed': 'Die Vorschau ließ sich nicht ausführen',
  'applied.waits': {
    one: '{count} Änderung stand nicht in der Vorschau und wartet',
    other: '{count} Änderungen standen nicht in der Vorschau und warten',
  },
  'applied.planned': {
    one: 'Die Vorschau zeigte {count} Änderung, die etwas nimmt; {done} ist ausgeführt',
    other: 'Die Vorschau zeigte {count} Änderungen, die etwas nehmen; {done} sind ausgeführt',
  },
  'applied.notDone': {
    one: '{count} davon nicht: ein Nachschlagen bestätigte sie nicht, oder etwas stand im Weg',
    other: '{count} davon nicht: ein Nachschlagen bestätigte sie nicht, oder etwas stand im Weg',
  },
  'applied.notWanted': {
    one: '{count} davon ist nicht mehr gewünscht',
    other: '{count} davon sind nicht mehr gewünscht',
  },
  'applied.report': 'Bericht öffnen',
  'applied.back': 'Einstellungen zurücknehmen',
  'applied.again': 'Zurück zu den Änderungen',
  'history.open': 'Verlauf',
  'history.title': 'Wer was geändert hat',
  'history.text': 'Was hier geändert wurde, das Neueste zuerst. Passwörter werden nie aufbewahrt.',
  'history.none': 'Hier ist noch nichts geändert worden',
  'history.restored': 'ging zurück',
  'history.applied': 'mit Vorschau',
  'history.back': 'Zurück vor diese Änderung',
  'restore.title': 'Vor diese Änderung zurückgehen?',
  'restore.text': {
    one: '{count} Änderung wird zurückgenommen.',
    other: '{count} Änderungen werden zurückgenommen, von der neuesten bis zu dieser.',
  },
  'restore.same': 'Die Einstellungen sind wie damals.',
  'restore.secret':
    'Passwörter werden nicht aufbewahrt. Geben Sie das damalige an, oder lassen Sie es leer, um es zu vergessen.',
  'restore.now': 'Sofort zurückgehen',
  'restore.draft': 'In den Entwurf, mit Vorschau',
};
