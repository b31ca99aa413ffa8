import type { ComponentChildren } from 'preact';
import { Icon, type Tone } from './icon.js';

interface Props {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** A state of a whole screen or list: nothing there, nothing matching, nothing to do. */
export function Blank({ tone, title, children }: Props) {
  return (
    <div class="blank">
      <Icon tone={tone} isLarge />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
