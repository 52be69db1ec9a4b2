/**
 * Slack's own rules for blocks, written from its reference and not from the code under test
 * (https://docs.slack.dev/reference/block-kit/blocks). What breaks one is answered with `invalid_blocks`.
 */
type Json = Readonly<Record<string, unknown>>;

const KNOWN = ['section', 'context', 'divider', 'image', 'actions', 'header', 'input'];

/** Every rule the blocks break, with the path; none where Slack would take them. */
export function blockProblems(blocks: unknown, files: ReadonlySet<string>, limit = 50): readonly string[] {
  if (!Array.isArray(blocks)) return ['blocks: not a list'];
  const problems = blocks.length > limit ? [`blocks: ${blocks.length} of at most ${limit}`] : [];
  const ids = blocks.map((block: Json) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) problems.push('block_id: not unique');
  return [...problems, ...blocks.flatMap((block: Json, index) => oneBlock(block, `blocks[${index}]`, files))];
}

function oneBlock(block: Json, at: string, files: ReadonlySet<string>): readonly string[] {
  const type = String(block.type);
  if (!KNOWN.includes(type)) return [`${at}: no such block ${type}`];
  const id = block.block_id === undefined ? [] : textOf(block.block_id, `${at}.block_id`, 255);
  switch (type) {
    case 'section':
      return [...id, ...section(block, at)];
    case 'context':
      return [
        ...id,
        ...list(block.elements, `${at}.elements`, 10).flatMap((each, index) =>
          textObject(each, `${at}.elements[${index}]`, 3000),
        ),
      ];
    case 'image':
      return [...id, ...image(block, at, files)];
    case 'actions':
      return [
        ...id,
        ...list(block.elements, `${at}.elements`, 25).flatMap((each, index) =>
          button(each, `${at}.elements[${index}]`),
        ),
        ...uniqueActions(block, at),
      ];
    case 'input':
      return [...id, ...textObject(block.label, `${at}.label`, 2000, 'plain_text')];
    default:
      return id;
  }
}

function section(block: Json, at: string): readonly string[] {
  if (block.text === undefined && block.fields === undefined) return [`${at}: neither text nor fields`];
  const text = block.text === undefined ? [] : textObject(block.text, `${at}.text`, 3000);
  if (block.fields === undefined) return text;
  const fields = list(block.fields, `${at}.fields`, 10);
  return [...text, ...fields.flatMap((each, index) => textObject(each, `${at}.fields[${index}]`, 2000))];
}

function image(block: Json, at: string, files: ReadonlySet<string>): readonly string[] {
  const problems = [...textOf(block.alt_text, `${at}.alt_text`, 2000)];
  const file = block.slack_file as Json | undefined;
  if ((file === undefined) === (block.image_url === undefined))
    problems.push(`${at}: one of slack_file and image_url`);
  if (file !== undefined && !files.has(String(file.id))) problems.push(`${at}.slack_file: no such file`);
  return problems;
}

function button(element: unknown, at: string): readonly string[] {
  const { type, action_id: id, text, value, style, confirm } = (element ?? {}) as Json;
  if (type !== 'button') return [`${at}: no button`];
  const problems = [
    ...textOf(id, `${at}.action_id`, 255),
    ...textObject(text, `${at}.text`, 75, 'plain_text'),
  ];
  if (value !== undefined) problems.push(...textOf(value, `${at}.value`, 2000));
  if (style !== undefined && style !== 'primary' && style !== 'danger')
    problems.push(`${at}.style: ${JSON.stringify(style)}`);
  if (confirm === undefined) return problems;
  const dialog = confirm as Json;
  return [
    ...problems,
    ...textObject(dialog.title, `${at}.confirm.title`, 100, 'plain_text'),
    ...textObject(dialog.text, `${at}.confirm.text`, 300),
    ...textObject(dialog.confirm, `${at}.confirm.confirm`, 30, 'plain_text'),
    ...textObject(dialog.deny, `${at}.confirm.deny`, 30, 'plain_text'),
  ];
}

function uniqueActions(block: Json, at: string): readonly string[] {
  const ids = (block.elements as readonly Json[]).map((element) => element.action_id);
  return new Set(ids).size < ids.length ? [`${at}: action_id not unique`] : [];
}

function textObject(value: unknown, at: string, limit: number, only?: 'plain_text'): readonly string[] {
  const { type, text } = (value ?? {}) as Json;
  if (type !== 'plain_text' && type !== 'mrkdwn') return [`${at}.type: ${String(type)}`];
  if (only !== undefined && type !== only) return [`${at}.type: must be ${only}`];
  return textOf(text, `${at}.text`, limit);
}

function textOf(value: unknown, at: string, limit: number): readonly string[] {
  if (typeof value !== 'string' || value.length === 0) return [`${at}: empty`];
  return value.length > limit ? [`${at}: ${value.length} of at most ${limit} characters`] : [];
}

function list(value: unknown, at: string, limit: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > limit)
    throw new RangeError(`${at}: 1 to ${limit} elements`);
  return value;
}
