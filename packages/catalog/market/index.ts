export * from './kept-catalogue.ts';
export * from './kept-market.ts';
export * from './refresh-market.ts';
