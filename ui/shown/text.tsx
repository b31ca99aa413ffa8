/** Control, bidi and other signs that nobody sees, or that turn the text around them; a space that is none. */
const HIDDEN = /(\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u180e)/u;

interface Props {
  readonly value: string;
  readonly lang?: string;
}

/** A text of somebody else: never markup, apart from its surroundings, its hidden signs shown as marks. */
export function Text({ value, lang }: Props) {
  const parts = value.split(HIDDEN);
  return (
    <bdi lang={lang}>
      {parts.length === 1
        ? value
        : parts.map((part, index) => (index % 2 === 1 ? <HiddenSign key={index} sign={part} /> : part))}
    </bdi>
  );
}

function HiddenSign({ sign }: { readonly sign: string }) {
  const code = sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  return <span class="hidden-sign">{`U+${code}`}</span>;
}
