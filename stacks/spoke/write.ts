import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spokeTemplate } from './template.ts';
import { toYaml } from './to-yaml.ts';

const HEAD = `# Made by "npm run spoke" from stacks/spoke/template.ts; a test holds the two together. See docs/regions-and-accounts.md.
`;

/** The text of stacks/spoke.yaml. */
export function spokeYaml(): string {
  return `${HEAD}${toYaml(spokeTemplate())}\n`;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'spoke.yaml'), spokeYaml());
