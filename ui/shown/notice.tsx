import type { ComponentChildren } from 'preact';
import { Icon, type Tone } from './icon.js';

interface Props {
  readonly tone: Tone;
  readonly title: string;
  /** True where the screen has no other heading. */
  readonly isScreen?: boolean;
  readonly children?: ComponentChildren;
}

/** A state of a whole screen or list: nothing there, nothing matching, nothing to do. */
export function Blank({ tone, title, isScreen = false, children }: Props) {
  return (
    <div class="blank">
      <Icon tone={tone} isLarge />
      {isScreen ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
