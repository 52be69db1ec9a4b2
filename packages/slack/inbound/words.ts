/** A command's words: plain ones in order, and options by name (empty text where they have no value). */
export interface Words {
  readonly plain: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Options that stand alone; every other one takes the word after it. */
const FLAGS = new Set(['all', 'end']);

/**
 * Splits a command into words, with quotes as in a shell. Slack's clients replace `"` and `--` while one types, so curly
 * quotes and dashes are read as what was meant.
 */
export function parseWords(text: string): Words | { readonly problem: string } {
  const tokens = tokenise(
    text
      .replaceAll(/[“”„]/g, '"')
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/(^|\s)[—–]-?(?=\w)/g, '$1--'),
  );
  if (tokens === undefined) return { problem: 'A quote is not closed.' };
  const plain: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (!token.startsWith('--')) {
      plain.push(token);
      continue;
    }
    const [name = '', ...joined] = token.slice(2).split('=');
    if (FLAGS.has(name)) options[name] = '';
    else if (joined.length > 0) options[name] = joined.join('=');
    else {
      const value = tokens[index + 1];
      if (value === undefined || value.startsWith('--')) return { problem: `\`--${name}\` needs a value.` };
      options[name] = value;
      index += 1;
    }
  }
  return { plain, options };
}

function tokenise(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  let current: string | undefined;
  let quote: string | undefined;
  for (const letter of text) {
    if (quote !== undefined) {
      if (letter === quote) quote = undefined;
      else current = (current ?? '') + letter;
    } else if (letter === '"' || (letter === "'" && current === undefined)) {
      quote = letter;
      current ??= '';
    } else if (/\s/.test(letter)) {
      if (current !== undefined) tokens.push(current);
      current = undefined;
    } else current = (current ?? '') + letter;
  }
  if (quote !== undefined) return undefined;
  if (current !== undefined) tokens.push(current);
  return tokens;
}
