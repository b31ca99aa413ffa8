/** The server's own texts on these screens in another language, by setting. */
export interface ServerTexts {
  /** What a setting is for. */
  readonly about: Readonly<Partial<Record<string, string>>>;
}
