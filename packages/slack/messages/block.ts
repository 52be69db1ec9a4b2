/** The part of Slack's Block Kit that messages here use, with Slack's limits kept by the builders (blocks.ts). */
export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji?: boolean;
}

export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
}

export interface SectionBlock {
  readonly type: 'section';
  readonly block_id?: string;
  readonly text?: Mrkdwn;
  readonly fields?: readonly Mrkdwn[];
}

export interface ContextBlock {
  readonly type: 'context';
  readonly elements: readonly Mrkdwn[];
}

export interface DividerBlock {
  readonly type: 'divider';
}

export interface ImageBlock {
  readonly type: 'image';
  readonly alt_text: string;
  readonly slack_file: { readonly id: string };
}

export interface ConfirmDialog {
  readonly title: PlainText;
  readonly text: PlainText;
  readonly confirm: PlainText;
  readonly deny: PlainText;
}

export interface ButtonElement {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  /** An id only: whoever presses may have forged it, so it is looked up, never believed. */
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmDialog;
}

export interface ActionsBlock {
  readonly type: 'actions';
  readonly block_id?: string;
  readonly elements: readonly ButtonElement[];
}

export type Block = SectionBlock | ContextBlock | DividerBlock | ImageBlock | ActionsBlock;

/** Slack's limits on what is sent (https://docs.slack.dev/reference/block-kit/blocks, chat.postMessage). */
export const SLACK_LIMITS = {
  blocks: 50,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  contextElements: 10,
  contextText: 2000,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  id: 255,
  altText: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** `text` is cut above 40,000; above 4,000 Slack advises against. */
  text: 4000,
} as const;
