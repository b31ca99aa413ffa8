import { foreign, readAnswer, readChunks } from './answer.js';

/** Many times what a picture of this API has: at most 1024 by 1024 pixels. */
const MAX_BYTES = 8 * 1024 * 1024;
const TYPE = 'image/jpeg';

/** The picture. Rejects with an {@link ApiError} when the answer is a refusal, or no picture of ours. */
export async function readPicture(response: Response): Promise<Blob> {
  if (!response.ok) {
    await readAnswer(response);
    throw foreign(response);
  }
  if (response.headers.get('Content-Type') !== TYPE) {
    await response.body?.cancel();
    throw foreign(response, 'is no picture as the API sends it');
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of readChunks(response, MAX_BYTES)) parts.push(part);
  return new Blob(parts, { type: TYPE });
}
