/** What a state looks like besides its word and its colour: each has a shape of its own. */
const SHAPES = {
  good: 'M4.5 8.5l2.5 2.5 4.5-5',
  waiting: 'M8 4.5V8l2.5 1.5',
  warn: 'M8 4.5v4.2M8 11.2v.1',
  bad: 'M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4',
  going: 'M5 8h6M8.5 5.5L11 8l-2.5 2.5',
  off: 'M5 8h6',
} as const;

export type Tone = keyof typeof SHAPES;

export function Icon({ tone, isLarge = false }: { readonly tone: Tone; readonly isLarge?: boolean }) {
  return (
    <svg class={`icon ${tone}${isLarge ? ' large' : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      {tone === 'warn' ? (
        <path class="shape" d="M8 1l7 13H1z" />
      ) : (
        <circle class="shape" cx="8" cy="8" r="7" />
      )}
      <path class="sign" d={SHAPES[tone]} />
    </svg>
  );
}
