import { receive } from '@evenkeel/slack/inbound';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { createDocuments, createStart } from './compose.ts';
import { frame } from './frame.ts';
import { createSlackQueue } from './slack/slack-queue.ts';

const start = createStart();
const { deployment, timing } = start;
const receiver = {
  signingSecret: deployment.part('slackSigningSecret'),
  documents: createDocuments(start),
  now: timing.now,
  later: createSlackQueue(start),
  dialogs: { token: deployment.part('slackToken'), fetch },
};

/** The one public address: what people press and write in Slack, checked, acknowledged within three seconds, done behind. */
export const handler = frame(
  start,
  'slack-interactions',
  async (event: LambdaFunctionURLEvent, { count, log }): Promise<LambdaFunctionURLResult> => {
    if (event.requestContext.http.method !== 'POST') return { statusCode: 405, body: '' };
    const { body = '', isBase64Encoded, headers } = event;
    const raw = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    const answer = await receive(receiver, { body: raw, headers });
    count(answer.refused === undefined ? 'SlackRequests' : 'SlackRefused');
    // Why, and nothing of what was sent: it may hold secrets, and who sends it may not be Slack.
    if (answer.refused !== undefined) log.warn(`a request was turned away: ${answer.refused}`);
    return {
      statusCode: answer.status,
      body: answer.body,
      ...(answer.contentType && { headers: { 'content-type': answer.contentType } }),
    };
  },
);
