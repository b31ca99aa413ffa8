import {
  PhotoGoneError,
  type AdoptedFile,
  type PhotoFiles,
  type ReplacedFiles,
} from '../avatars/photo-files.js';
import type { Transaction } from '../run/transaction.js';
import { RefusedWrite } from '../run/write-failure.js';
import type { PersonTask } from './person-task.js';

/** Shows the photos of these people. A person whose photo is gone is left out; the next run stores it again. */
export async function adoptFiles(
  tasks: readonly PersonTask[],
  files: PhotoFiles,
  tx: Transaction,
): Promise<readonly ReplacedFiles[]> {
  const adopted = tasks.flatMap(toAdopted);
  try {
    return await files.adopt(adopted, tx);
  } catch (error) {
    const gone =
      error instanceof PhotoGoneError && adopted.find(({ fileId }) => error.fileIds.includes(fileId));
    if (!gone) throw error;
    throw new RefusedWrite(gone.avatar.userId, { kind: 'failed', message: error.message }, error);
  }
}

/** The file goes by the user name as it is now. */
function toAdopted({ user, photoResult, failure }: PersonTask): readonly AdoptedFile[] {
  const file = photoResult?.file;
  if (!file || !user || failure) return [];
  return [{ ...file, avatar: { ...file.avatar, username: user.username ?? file.avatar.username } }];
}
