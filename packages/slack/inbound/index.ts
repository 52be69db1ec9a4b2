export { COMMAND_HELP, type Command } from './command.ts';
export { parseCommand } from './parse-command.ts';
export { type Acknowledgement, type Receiver, receive } from './receive.ts';
export type { SlackRequest, Work } from './request.ts';
export { type RawRequest, verify } from './verify.ts';
