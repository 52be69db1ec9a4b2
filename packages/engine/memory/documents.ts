import type { Document, Documents } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** Documents in memory; values are kept as JSON text, so that nobody shares an object with the store. Nothing expires. */
export function createMemoryDocuments(faults: FaultSwitch = { faults: {} }): Documents {
  const collections = new Map<string, Map<string, { readonly version: number; readonly json: string }>>();
  const of = (collection: string) => {
    const found = collections.get(collection) ?? new Map<string, { version: number; json: string }>();
    collections.set(collection, found);
    return found;
  };
  return {
    async read<T>(collection: string, key: string) {
      failCall(faults, 'read-document');
      const found = of(collection).get(key);
      return found && document<T>(key, found);
    },
    async write(collection, key, value, { expected }) {
      failCall(faults, 'write-document');
      const documents = of(collection);
      const version = documents.get(key)?.version ?? 0;
      if (version !== expected) return false;
      documents.set(key, { version: version + 1, json: JSON.stringify(value) });
      return true;
    },
    async remove(collection, key, expected) {
      failCall(faults, 'remove-document');
      const documents = of(collection);
      if (documents.get(key)?.version !== expected) return false;
      return documents.delete(key);
    },
    async list<T>(collection: string, limit: number) {
      failCall(faults, 'list-documents');
      const keys = [...of(collection).keys()].sort().slice(0, limit);
      return keys.map((key) => document<T>(key, of(collection).get(key)!));
    },
  };
}

function document<T>(key: string, found: { readonly version: number; readonly json: string }): Document<T> {
  return { key, version: found.version, value: JSON.parse(found.json) as T };
}
