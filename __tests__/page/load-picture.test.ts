import { ApiError } from '../../client/index.js';
import { loadPicture } from '../../ui/photos/load-picture.js';

const PICTURE = new Blob(['picture']);
const never = new AbortController().signal;

describe('a picture that the page asks for', () => {
  it('waits while two others are being asked for', async () => {
    let going = 0;
    let most = 0;
    const ask = async (): Promise<Blob> => {
      going += 1;
      most = Math.max(most, going);
      await new Promise((resolve) => setImmediate(resolve));
      going -= 1;
      return PICTURE;
    };
    const all = await Promise.all(Array.from({ length: 9 }, () => loadPicture(ask, never)));
    expect([all.every((one) => one === PICTURE), most]).toEqual([true, 2]);
  });

  it('is asked for again when the server is busy, and given up after the fourth time', async () => {
    const busy = new ApiError('busy', { status: 429, retryAfterSeconds: 0 });
    let asked = 0;
    const ask = (times: number) => (): Promise<Blob> => {
      asked += 1;
      return asked <= times ? Promise.reject(busy) : Promise.resolve(PICTURE);
    };
    expect([await loadPicture(ask(2), never), asked]).toEqual([PICTURE, 3]);
    asked = 0;
    expect([await loadPicture(ask(100), never), asked]).toEqual([undefined, 4]);
  });

  it('is nothing where it is refused, and never asked for by a page that was left', async () => {
    const refuse = (): Promise<Blob> => Promise.reject(new ApiError('none', { status: 400 }));
    expect(await loadPicture(refuse, never)).toBeUndefined();
    const ask = jest.fn(refuse);
    expect(await loadPicture(ask, AbortSignal.abort())).toBeUndefined();
    expect(ask).not.toHaveBeenCalled();
  });
});
