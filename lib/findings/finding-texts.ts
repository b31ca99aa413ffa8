/** What is wrong and what to do, by code, in English. */
export type FindingTexts = Readonly<Record<string, readonly [message: string, remedy: string]>>;
