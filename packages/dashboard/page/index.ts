export * from './dashboard-page.ts';
export * from './page-style.ts';
export * from './view.ts';
