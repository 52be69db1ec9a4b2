import { join } from 'node:path';
import type { Command } from 'commander';
import { parseEndpoint } from '../program/option-values.ts';

/** The embedded store of a folder. */
export const STORE_FILE = join('.evenkeel', 'evenkeel.db');

/** Where a command looks: region, store, endpoint. */
export function withPlaceOptions(command: Command): Command {
  return command
    .option('--region <region>', 'AWS region; otherwise AWS_REGION')
    .option('--store <file>', 'file that keeps decisions and what was learned', STORE_FILE)
    .option('--table <name>', "a deployed Evenkeel's DynamoDB table instead of the file")
    .option('--endpoint <url>', 'another endpoint for every AWS call, such as an emulator', parseEndpoint);
}

/** The same for a command after which groups may be steered. */
export function withAwsOptions(command: Command): Command {
  return withPlaceOptions(command).option(
    '--lease-role <arn>',
    'role with which EventBridge Scheduler gives a target back; needed to tune targets',
  );
}
