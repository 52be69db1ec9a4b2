// oxlint-disable-next-line typescript/triple-slash-reference -- SST declares $config and its like as globals
/// <reference path="./.sst/platform/config.d.ts" />

/** `npx sst deploy --stage production`; the settings stand in evenkeel.json (or evenkeel.<stage>.json). */
export default $config({
  async app(input) {
    const { settingsOf } = await import('./stacks/settings-file.ts');
    const stage = input?.stage ?? 'dev';
    const production = stage === 'production';
    return {
      name: 'evenkeel',
      home: 'aws',
      removal: production ? 'retain' : 'remove',
      protect: production,
      providers: { aws: { region: settingsOf(stage).regions[0] } },
    };
  },
  async run() {
    const { createContext } = await import('./stacks/context.ts');
    const { defaults } = await import('./stacks/defaults.ts');
    const { events } = await import('./stacks/events.ts');
    const { loops } = await import('./stacks/loops.ts');
    const { observability } = await import('./stacks/observability.ts');
    const { queues } = await import('./stacks/queues.ts');
    const { roles } = await import('./stacks/roles.ts');
    const { rollout } = await import('./stacks/rollout.ts');
    const { slack } = await import('./stacks/slack.ts');
    const { storage } = await import('./stacks/storage.ts');
    defaults();
    const context = createContext();
    const parts = { queues: queues(), storage: storage(context), roles: roles(context) };
    const bus = events(context, parts.queues);
    const rollouts = rollout(context, { ...parts, events: bus });
    loops(context, { ...parts, events: bus, rollout: rollouts });
    const chat = slack(context, { ...parts, events: bus });
    observability(context, parts.queues, chat);
    return { bus: bus.bus.name, table: parts.storage.table.name, ...(chat && { slack: chat.url }) };
  },
});
