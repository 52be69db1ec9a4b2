import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';

// zod/mini leaves its texts out, so that they cost nothing where nobody reads them; here they go into counts and logs.
z.config(english());

/** What is wrong with a value, field by field, as one line. */
export function problemsOf(error: z.core.$ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ');
}
