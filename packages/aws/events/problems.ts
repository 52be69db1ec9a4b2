import { type $ZodError, config } from 'zod/v4/core';
import english from 'zod/v4/locales/en.js';

// zod/mini leaves its texts out, so that they cost nothing where nobody reads them; here they go into counts and logs.
config(english());

/** What is wrong with a value, field by field, as one line. */
export function problemsOf(error: $ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ');
}
