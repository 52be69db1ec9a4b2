export * from './block.ts';
export { FOLD_FROM, FOLD_WINDOW, foldFleetWide } from './fold.ts';
export * from './message.ts';
export { eachOnce, messagesOf } from './messages-of.ts';
export { renderPlain } from './render-plain.ts';
