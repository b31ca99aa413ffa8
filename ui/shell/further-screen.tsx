import { useEffect, useState } from 'preact/hooks';
import type * as screensOnly from '../settings/further-screens.js';
import type { FurtherProps } from '../settings/further-screens.js';
import { Skeleton } from '../shown/loaded-view.js';
import { useWords } from '../words/words.js';

type Screens = Pick<typeof screensOnly, 'FurtherScreens'>;

/** The screens that are loaded by who opens them. */
export function FurtherScreen(props: FurtherProps) {
  const { t } = useWords();
  const [screens, setScreens] = useState<Screens>();
  const [round, setRound] = useState(0);
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    setIsLost(false);
    import('../settings/further-screens.js').then(setScreens, () => setIsLost(true));
  }, [round]);
  if (screens) return <screens.FurtherScreens {...props} />;
  if (!isLost) return <Skeleton lines={10} />;
  return (
    <div class="notice bad" role="alert">
      <div>
        <h2>{t('state.failed')}</h2>
        <p>{t('state.noAnswer')}</p>
        <p>
          <button type="button" onClick={() => setRound((one) => one + 1)}>
            {t('state.retry')}
          </button>
        </p>
      </div>
    </div>
  );
}
