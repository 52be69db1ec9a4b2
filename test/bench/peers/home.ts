import { join } from 'node:path';

/** Where peers are installed: beside the project's own packages, never in the repository. */
export function homeOf(): string {
  return join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'evenkeel-peers');
}
