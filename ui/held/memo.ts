import { Component, h, type FunctionComponent } from 'preact';

/** Draws a component anew only when what it shows has changed. */
export function memo<Props extends object>(
  Shown: FunctionComponent<Props>,
  isSame: (before: Props, after: Props) => boolean,
) {
  return class Remembered extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !isSame(this.props, next);
    }

    override render() {
      return h(Shown, this.props as Props);
    }
  };
}
