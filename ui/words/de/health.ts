import type { health as english } from '../en/health.js';
import type { Word } from '../word.js';

/** Words of Health, in German. */
export const health: Readonly<Record<keyof typeof english, Word>> = {
  'health.inStep': 'Alles stimmt überein seit {time}.',
  'health.inStep.except': {
    one: 'Stimmt überein seit {time}, außer bei {count} Person.',
    other: 'Stimmt überein seit {time}, außer bei {count} Personen.',
  },
  'health.inStep.nothing': {
    one: '{count} Person gelesen, nichts zu ändern.',
    other: '{count} Personen gelesen, nichts zu ändern.',
  },
  'health.inStep.changed': 'Der letzte Abgleich hat {read} Personen gelesen und {changed} geändert.',
  'health.held': {
    one: '{count} Änderung wartet auf Ihre Entscheidung.',
    other: '{count} Änderungen warten auf Ihre Entscheidung.',
  },
  'health.heldUnread':
    'Der letzte Abgleich hat nichts weggenommen, weil das Verzeichnis nicht ganz gelesen wurde.',
  'health.rejected': 'Die Liste des letzten Abgleichs wurde abgelehnt.',
  'health.failed': 'Der letzte Abgleich ist gescheitert.',
  'health.failedSince': 'Der letzte gute war {age}.',
  'health.interrupted': 'Der letzte Abgleich wurde vor seinem Ende abgeschnitten.',
  'health.cancelled': 'Der letzte Abgleich wurde abgebrochen.',
  'health.running': {
    one: '{kind} läuft: bisher {count} Person gelesen.',
    other: '{kind} läuft: bisher {count} Personen gelesen.',
  },
  'health.running.phase': '{kind} läuft: {phase}.',
  'health.host': 'auf {host}',
  'health.off': 'LDAP ist ausgeschaltet.',
  'health.off.detail': 'Aus dem Verzeichnis wird nichts gelesen, bis LDAP_Enable an ist.',
  'health.first': 'Bisher wurde nichts abgeglichen.',
  'health.first.detail': 'Drei Schritte, und vor dem letzten wird niemand geändert.',
  'health.first.done': 'erledigt',
  'health.first.open': 'Einstellungen öffnen',
  'health.first.1': 'Sagen, wo das Verzeichnis ist',
  'health.first.1.text':
    'Die Adresse, das Dienstkonto und wo die Personen stehen, unter Einstellungen. Das Übrige schlägt das Verzeichnis selbst vor.',
  'health.first.2': 'Eine Vorschau ansehen',
  'health.first.2.text':
    'Sie liest alle und sagt, wer käme, sich änderte und ginge. Geschrieben wird nichts.',
  'health.first.3': 'Abgleichen',
  'health.first.3.text':
    'Was hinzufügt oder berichtigt, geschieht sofort. Was wegnimmt, wartet auf Sie, wenn es viel ist.',
  'health.preview': 'Vorschau',
  'health.sync': 'Jetzt abgleichen',
  'health.decide': 'Liste ansehen',
  'health.report': 'Bericht öffnen',
  'health.started.sync': 'Der Abgleich hat begonnen.',
  'health.started.preview': 'Die Vorschau hat begonnen.',
  'health.nothing': 'Nichts braucht Sie',
  'health.nothing.text': 'Niemand ist im Konflikt, keine Einstellung ist falsch, und nichts wartet.',
  'health.nothing.unknown': 'Noch kein Abgleich hat gesagt, was Sie braucht',
  'health.nothingElse': 'Sonst braucht Sie nichts',
  'health.nothingElse.text':
    'Außer der Liste, die wartet, ist niemand im Konflikt und keine Einstellung falsch.',
  'health.attention': {
    one: '{count} Sache braucht einen Menschen',
    other: '{count} Dinge brauchen einen Menschen',
  },
  'health.attention.more': { one: '{count} weitere im Bericht', other: '{count} weitere im Bericht' },
  'health.about.settings': 'Einstellungen',
  'health.about.database': 'Datenbank',
  'health.about.directory': 'Verzeichnis',
  'health.certificate': 'Zertifikat',
  'health.certificate.days': { one: 'noch {count} Tag gültig', other: 'noch {count} Tage gültig' },
  'health.certificate.ended': 'abgelaufen',
  'health.certificate.until': 'bis {time}',
  'health.about.schedule': 'Zeitplan',
  'health.about.account': 'Administrator',
  'health.about.run': 'Letzter Abgleich',
  'health.facts': 'Wie es steht',
  'health.directory': 'Verzeichnis',
  'health.directory.none': 'hat noch nicht geantwortet',
  'health.lastGood': 'Letzter guter Abgleich',
  'health.never': 'nie',
  'health.next': 'Nächster Abgleich',
  'health.next.none': 'keiner geplant',
  'health.next.none.text': 'Der Server startet keinen Zeitplan',
  'health.people': 'Personen im Verzeichnis',
  'health.autoLogout': 'Abmeldungen dazwischen',
  'health.on': 'an',
  'health.offShort': 'aus',
  'health.going': 'Läuft gerade',
  'health.since': 'seit {duration}',
  'health.rate': { one: '{count} Person pro Minute', other: '{count} Personen pro Minute' },
  'health.silent':
    'Der Server dieses Laufs schweigt seit {time}. Der Lauf gilt als unterbrochen, sobald der nächste beginnt.',
  'health.waitsFor':
    'Er wartet seit {time}: Ein Server, der weg ist, hat eine Transaktion offen gelassen; die Datenbank beendet sie binnen 90 Sekunden.',
  'health.queued': 'Ein weiterer Abgleich wartet, bis dieser Lauf zu Ende ist.',
  'health.cancel': 'Diesen Lauf beenden',
  'health.cancel.sure': 'Diesen Lauf beenden?',
  'health.cancel.text':
    'Was bis jetzt geschrieben wurde, bleibt und ist richtig. Danach wird nichts mehr weggenommen.',
  'health.chart': 'Die letzten Läufe',
  'health.chart.caption':
    'Die letzten {shown} Läufe, der neueste rechts. Je höher der Balken, desto länger der Lauf.',
  'health.chart.bar': '{kind}, {state}, {time}, {duration}, {changes} geändert',
  'health.chart.empty': 'Es gibt noch keinen Lauf.',
};
