import { minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, code, escaped, plain, when } from './mrkdwn.ts';

describe('mrkdwn', () => {
  it('escapes what Slack would read as a mention', () =>
    expect(escaped('<!channel> & co')).toBe('&lt;!channel&gt; &amp; co'));

  it('reads as plain text what was escaped', () =>
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[`*]/.test(text)),
        (text) => {
          expect(plain(escaped(text))).toBe(text);
        },
      ),
      { seed: 20_260_523 },
    ));

  it('keeps code in its ticks', () => expect(code('a`b\nc')).toBe("`a'b c`"));

  it('shows a date in the reader’s own zone, with universal time to fall back on', () => {
    expect(when(minute(29_663_100))).toBe(
      '<!date^1779786000^{date_short_pretty} {time}|2026-05-26 09:00 UTC>',
    );
    expect(plain(when(minute(29_663_100)))).toBe('2026-05-26 09:00 UTC');
  });

  it('never cuts into a date, an entity or a character', () => {
    const text = fc.array(
      fc.constantFrom('a', ' ', '&amp;', '&lt;', '😀', when(minute(1)), '<@U1>', 'word'),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 200 }), (parts, limit) => {
        const whole = parts.join('');
        const short = clip(whole, limit);
        expect(short.length).toBeLessThanOrEqual(Math.max(limit, 1));
        expect(short.lastIndexOf('<')).toBeLessThanOrEqual(short.lastIndexOf('>'));
        expect(short.replaceAll(/&(amp|lt);/g, '')).not.toContain('&');
        expect(short.isWellFormed()).toBe(true);
        if (whole.length <= limit) expect(short).toBe(whole);
      }),
      { seed: 20_260_523 },
    );
  });
});
