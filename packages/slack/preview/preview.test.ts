import { describe, expect, it } from 'vitest';
import { messagesOf } from '../messages/messages-of.ts';
import { mrkdwnHtml } from './mrkdwn-html.ts';
import { previewPage } from './preview-page.ts';
import { sampleChart } from './sample-chart.ts';
import { SAMPLE_ENTRIES, SAMPLE_NOW } from './samples.ts';

const messages = messagesOf(SAMPLE_ENTRIES);
const page = previewPage(messages, {
  title: 'Messages',
  intro: 'Samples.',
  chartOf: (message) => sampleChart(message.at),
});

describe('the preview page', () => {
  it('shows every message, its buttons and its chart', () => {
    expect(page.match(/<article /g)).toHaveLength(messages.length);
    expect(page.match(/<img /g)).toHaveLength(messages.filter((message) => message.telling.chart).length);
    for (const message of messages) {
      for (const block of message.blocks) {
        if (block.type === 'actions') expect(page).toContain(block.elements[0]!.text.text);
      }
    }
  });

  it('loads nothing from anywhere', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
    expect(page).not.toContain('<script');
  });

  it('lets nothing from outside become markup', () => {
    const nasty = '<img src=x onerror=alert(1)>"&amp;';
    const [entry] = SAMPLE_ENTRIES.filter((each) => each.decision?.kind === 'target');
    const one = previewPage(messagesOf([{ ...entry!, workload: nasty, group: nasty, id: nasty }]), {
      title: nasty,
      intro: nasty,
    });
    expect(one).not.toContain('<img');
    expect(one).not.toContain('""');
  });

  it('has a chart to show at any time of day', () => {
    for (let hour = 0; hour < 24; hour += 1)
      expect(sampleChart((SAMPLE_NOW + hour * 60) as never)?.length).toBeGreaterThan(1_000);
  });
});

describe('mrkdwn as HTML', () => {
  it.each([
    ['*bold* and 2*3*4', '<b>bold</b> and 2*3*4'],
    ['`*code* :warning:`', '<code>*code* :warning:</code>'],
    ['&lt;b&gt; & "q"', '&lt;b&gt; &amp; "q"'],
    ['<!date^1^{date}|1970>', '<time title="1970">1970</time>'],
    ['<@U1> <!subteam^S1>', '<span class="mention">@U1</span> <span class="mention">@S1</span>'],
    [':warning: a:b :unknown:', '⚠️ a:b :unknown:'],
    ['one\ntwo', 'one<br>two'],
    ['```\na <b>\n```', '<pre>a &lt;b&gt;</pre>'],
  ])('%s', (mrkdwn, html) => expect(mrkdwnHtml(mrkdwn)).toBe(html));
});
