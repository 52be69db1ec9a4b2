import type { Approval, Approvals, Document, Documents } from '../ports/index.ts';

const COLLECTION = 'approvals';
const ATTEMPTS = 5;

/** Approvals on any store of documents: every change is written over the version that was read, so of two answers one wins. */
export function createApprovals(documents: Documents): Approvals {
  const read = (id: string): Promise<Document<Approval> | undefined> =>
    documents.read<Approval>(COLLECTION, id);

  /** Changes the document as `change` says; undefined leaves it as it is. Gives what stands afterwards. */
  const update = async (
    id: string,
    change: (before: Approval | undefined) => Approval | undefined,
  ): Promise<Approval | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await read(id);
      const after = change(before?.value);
      if (after === undefined) return before?.value;
      if (await documents.write(COLLECTION, id, after, { expected: before?.version ?? 0 })) return after;
    }
    throw new Error(`the approval of ${id} is being changed by somebody else all the time; try again`);
  };

  return {
    async ask(question) {
      const asked = await update(question.id, (before) => {
        if (before === undefined) return { ...question, state: 'open' };
        if (question.callback === undefined || question.callback === before.callback) return undefined;
        return { ...before, callback: question.callback };
      });
      return asked!;
    },
    async read(id) {
      return (await read(id))?.value;
    },
    async answer(id, { answer, by, at }) {
      let taken = false;
      const after = await update(id, (before) => {
        taken = before?.state === 'open' && at < before.expires;
        return taken && before ? { ...before, state: answer, by, answeredAt: at } : undefined;
      });
      if (after === undefined) return 'unknown';
      if (taken) return 'taken';
      return after.state === 'open' || after.state === 'expired' ? 'expired' : 'already-answered';
    },
    async expire(id, at) {
      return update(id, (before) =>
        before?.state === 'open' && at >= before.expires ? { ...before, state: 'expired' } : undefined,
      );
    },
    async wantBack(id, by) {
      const after = await update(id, (before) =>
        before === undefined || before.rollBackBy !== undefined ? undefined : { ...before, rollBackBy: by },
      );
      return after !== undefined;
    },
  };
}
