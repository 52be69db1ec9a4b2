import type { Minute } from '@evenkeel/core/quantities';

/** A JSON value with the number of times it was written. */
export interface Document<T = unknown> {
  readonly key: string;
  /** 1 after the first write. */
  readonly version: number;
  readonly value: T;
}

/** How a document is written. */
export interface DocumentWrite {
  /** The version that must stand, 0 for none: who read something older writes nothing. */
  readonly expected: number;
  /** From this minute on the document may vanish by itself, at any time; never before. Absent: it stays. */
  readonly expires?: Minute;
}

/**
 * Small JSON documents written one at a time, each only over the version that was read: what has to happen once although
 * several processes want to do it (telling, answering). Nothing else is promised, so any table can keep them.
 */
export interface Documents {
  read<T>(collection: string, key: string): Promise<Document<T> | undefined>;
  /** Resolves with false, and changes nothing, where another version stands than the expected one. */
  write(collection: string, key: string, value: unknown, how: DocumentWrite): Promise<boolean>;
  /** Resolves with false where another version stands, or none. */
  remove(collection: string, key: string, expected: number): Promise<boolean>;
  /** In order of key. */
  list<T>(collection: string, limit: number): Promise<readonly Document<T>[]>;
}
