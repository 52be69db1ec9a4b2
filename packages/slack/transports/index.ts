export type { Fetch } from './call-slack.ts';
export * from './transport.ts';
export { createWebApi, METADATA_TYPE } from './web-api.ts';
export { createWebhook } from './webhook.ts';
