import { ACTION_PREFIX, BUTTON_FACES } from '../messages/blocks.ts';
import type { ButtonKind } from '../messages/message.ts';
import type { Person, SlackRequest } from './request.ts';

type Json = Readonly<Record<string, unknown>>;

/** The id of the dialog that asks for a reason, and of its one field. */
export const REASON_DIALOG = {
  callback: 'evenkeel:reason',
  block: 'evenkeel:reason',
  action: 'reason',
} as const;

const MESSAGE_ID = /^[0-9a-f]{30}$/;
const LONGEST_REASON = 500;

/** Reads a genuine request. Whatever does not fit is `unknown`: it is counted and does nothing. */
export function parseRequest(body: string): SlackRequest {
  const form = new URLSearchParams(body);
  if (form.get('ssl_check') === '1') return { kind: 'probe' };
  const payload = form.get('payload');
  if (payload !== null) return parsePayload(payload);
  const command = form.get('command');
  if (command === null) return { kind: 'unknown', what: 'neither command nor payload' };
  const by = person({ id: form.get('user_id'), team_id: form.get('team_id') });
  if (by === undefined) return { kind: 'unknown', what: 'a command without a user' };
  return { kind: 'command', words: form.get('text') ?? '', by, ...responseUrl(form.get('response_url')) };
}

function parsePayload(text: string): SlackRequest {
  let payload: Json;
  try {
    payload = record(JSON.parse(text));
  } catch {
    return { kind: 'unknown', what: 'a payload that is no JSON' };
  }
  const by = person({
    ...record(payload.user),
    ...(record(payload.team).id !== undefined && { team_id: record(payload.team).id }),
  });
  if (by === undefined) return { kind: 'unknown', what: 'a payload without a user' };
  if (payload.type === 'block_actions') return parsePress(payload, by);
  if (payload.type === 'view_submission') return parseReason(payload, by);
  return { kind: 'unknown', what: `a payload of type ${String(payload.type).slice(0, 50)}` };
}

function parsePress(payload: Json, by: Person): SlackRequest {
  const action = record(Array.isArray(payload.actions) ? payload.actions[0] : undefined);
  const id = typeof action.action_id === 'string' ? action.action_id : '';
  const button = id.slice(ACTION_PREFIX.length);
  const message = action.value;
  if (!id.startsWith(ACTION_PREFIX) || !Object.hasOwn(BUTTON_FACES, button))
    return { kind: 'unknown', what: 'an unknown button' };
  if (typeof message !== 'string' || !MESSAGE_ID.test(message))
    return { kind: 'unknown', what: 'a button without an id' };
  const trigger = payload.trigger_id;
  return {
    kind: 'press',
    button: button as ButtonKind,
    message,
    by,
    ...responseUrl(payload.response_url),
    ...(typeof trigger === 'string' && { trigger }),
  };
}

function parseReason(payload: Json, by: Person): SlackRequest {
  const view = record(payload.view);
  const message = view.private_metadata;
  if (
    view.callback_id !== REASON_DIALOG.callback ||
    typeof message !== 'string' ||
    !MESSAGE_ID.test(message)
  ) {
    return { kind: 'unknown', what: 'an unknown dialog' };
  }
  const values = record(record(view.state).values);
  const reason = record(record(values[REASON_DIALOG.block])[REASON_DIALOG.action]).value;
  return {
    kind: 'reason',
    message,
    by,
    reason: typeof reason === 'string' ? reason.trim().slice(0, LONGEST_REASON) : '',
  };
}

function person(user: { readonly id?: unknown; readonly team_id?: unknown }): Person | undefined {
  const { id, team_id: team } = user;
  return typeof id === 'string' && /^[UW][A-Z0-9]+$/.test(id)
    ? { id, team: typeof team === 'string' ? team : '' }
    : undefined;
}

/** Answers go to Slack and nowhere else, whatever the request says. */
function responseUrl(url: unknown): { readonly responseUrl?: string } {
  return typeof url === 'string' && url.startsWith('https://hooks.slack.') ? { responseUrl: url } : {};
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
