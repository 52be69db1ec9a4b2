import { minute } from '@evenkeel/core/quantities';
import { documentsContract } from '../contracts/documents.ts';
import { createMemoryDocuments } from './documents.ts';

documentsContract('memory', async () => ({ port: createMemoryDocuments(), now: () => minute(29_000_000) }));
