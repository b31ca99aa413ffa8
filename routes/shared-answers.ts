/** Answers a question with the answer of a moment ago, or with the one that is on its way. */
export type ShareAnswers<T> = (question: string, ask: () => Promise<T>) => Promise<T>;

/** Answers are forgotten `forMs` after they were asked for. */
export function createSharedAnswers<T>(forMs: number): ShareAnswers<T> {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
  return (question, ask) => {
    const now = performance.now();
    for (const [known, { at }] of asked) {
      // By age, the oldest first.
      if (now - at < forMs) break;
      asked.delete(known);
    }
    const answer = asked.get(question)?.answer ?? ask();
    if (!asked.has(question)) asked.set(question, { at: now, answer });
    return answer;
  };
}
