import type { AdviceWords } from '../advice-words.js';
import { SAVE_PHOTO_AGAIN, SYNC_AGAIN } from './remedies.js';

/** Of a photo. */
export const photos = {
  'photo-too-large': ['Das Foto ist {mebibytes} MiB groß.', 'Legen Sie ein kleineres Foto ins Verzeichnis.'],
  'photo-in-unknown-format': [
    'Das Format des Fotos ist unbekannt.',
    'Legen Sie ein JPEG oder PNG ins Verzeichnis.',
  ],
  'photo-unsupported': ['Diese Art von Foto wird nicht unterstützt ({kind}).', SAVE_PHOTO_AGAIN],
  'photo-with-too-many-pixels': [
    'Das Foto hat zu viele Bildpunkte.',
    'Legen Sie ein kleineres Foto ins Verzeichnis.',
  ],
  'photo-too-costly': ['Das Foto zu lesen kostet zu viel ({costs}).', SAVE_PHOTO_AGAIN],
  'photo-damaged': ['Das Foto ist eine beschädigte oder unvollständige {format}-Datei.', SAVE_PHOTO_AGAIN],
  'photo-takes-too-much-time': [
    'Das Foto zu lesen braucht mehr als {seconds} Sekunden Rechenzeit.',
    SAVE_PHOTO_AGAIN,
  ],
  'photo-takes-too-much-memory': [
    'Das Foto zu lesen braucht mehr Speicher, als sein Kopf angibt.',
    SAVE_PHOTO_AGAIN,
  ],
  'photo-crashes-the-decoder': ['An dem Foto stürzt der Leser für {format}-Dateien ab.', SAVE_PHOTO_AGAIN],
  'photo-missed-the-deadline': [
    'Das Foto konnte nicht binnen {seconds} Sekunden gelesen werden.',
    SYNC_AGAIN,
  ],
  'photo-decoder-unavailable': [
    'Fotos können nicht gelesen werden: Der Leser ließ sich nicht starten ({error}).',
    'Sehen Sie in das Protokoll des Servers.',
  ],
  'photo-decoder-ended': [
    'Der Leser wurde von außen beendet ({how}), während er das Foto las.',
    'Nichts zu tun: Der nächste Abgleich versucht es wieder.',
  ],
  'photo-left-by-ended-run': ['Der Lauf war zu Ende, bevor dieses Foto gelesen war.', SYNC_AGAIN],
  'photo-not-stored': [
    'Das Foto konnte nicht gespeichert werden: {error}',
    'Prüfen Sie den Ort, an dem Fotos gespeichert werden.',
  ],
  'photo-deleted': [
    'Das Foto wurde gelöscht, als der Lauf es wegnahm, und kann nicht zurückgegeben werden.',
    'Legen Sie das Foto wieder ins Verzeichnis und gleichen Sie ab.',
  ],
} as const satisfies AdviceWords;
