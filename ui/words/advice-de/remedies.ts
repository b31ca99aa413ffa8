/** What to do, where it is the same for several. */
export const SAVE_PHOTO_AGAIN =
  'Speichern Sie das Foto neu als gewöhnliches JPEG oder PNG und legen Sie es ins Verzeichnis.';
export const SYNC_AGAIN = 'Gleichen Sie noch einmal ab.';
export const NOTHING = 'Nichts zu tun.';
export const DECIDE =
  'Sehen Sie die Liste an und geben Sie sie frei; oder berichtigen Sie Suchbasis, Filter oder Zuordnung.';
