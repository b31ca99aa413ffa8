import type { Status } from '../api/further-answers.js';
import type { Loaded } from '../data/use-load.js';
import { ScheduleScreen } from '../schedule/schedule-screen.js';
import type { FurtherRoute } from '../shell/route.js';
import { PasswordProvider } from './password-dialog.js';
import { ServerTextsProvider } from './server-texts.js';
import { SettingsScreen } from './settings-screen.js';
import './styles/frame.css';
import './styles/setting-list.css';
import './styles/setting-controls.css';
import './styles/report.css';
import './styles/draft.css';
import './styles/history.css';
import './styles/schedule.css';
import './styles/narrow.css';

export interface FurtherProps {
  readonly route: FurtherRoute;
  readonly status: Loaded<Status>;
}

/** The screens that come in a file of their own, so that the others are there sooner. */
export function FurtherScreens({ route, status }: FurtherProps) {
  return (
    <ServerTextsProvider>
      <PasswordProvider>
        {route.screen === 'settings' ? (
          <SettingsScreen section={route.section} status={status} />
        ) : (
          <ScheduleScreen status={status} />
        )}
      </PasswordProvider>
    </ServerTextsProvider>
  );
}
