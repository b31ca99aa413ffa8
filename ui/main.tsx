import { render } from 'preact';
import { SecondFactorProvider } from './second-factor/second-factor.js';
import { SessionProvider } from './session/session.js';
import { Announcer } from './shell/announcer.js';
import { App } from './shell/app.js';
import { WordsProvider } from './words/words.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/dialogs.css';
import './styles/shell.css';
import './styles/sign-in.css';
import './styles/shown.css';
import './styles/notices.css';
import './styles/counts.css';
import './styles/diff.css';
import './styles/facts.css';
import './styles/tables.css';
import './styles/health.css';
import './styles/chart.css';
import './styles/runs.css';
import './styles/held.css';
import './styles/pair.css';
import './styles/accounts.css';
import './styles/person.css';
import './styles/narrow.css';

const named = document.querySelector<HTMLMetaElement>('meta[name="api"]')?.content ?? '/api/v1';
/** Whole, since a relative path counts from the page. */
const api = new URL(named, document.baseURI).href.replace(/\/$/, '');
const place = document.getElementById('page');

if (place)
  render(
    <WordsProvider>
      <Announcer>
        <SecondFactorProvider>
          <SessionProvider api={api}>
            <App />
          </SessionProvider>
        </SecondFactorProvider>
      </Announcer>
    </WordsProvider>,
    place,
  );
