/** The IAM service prefix of an SDK client's name where the two differ. */
const PREFIXES: Readonly<Record<string, string>> = {
  'auto-scaling': 'autoscaling',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'service-quotas': 'servicequotas',
};

/** IAM actions whose name is not the operation's. */
const ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
};

/**
 * What a command sends needs besides the action of its own name: whoever makes a schedule hands it the role it runs with, and whoever starts
 * a refresh is asked whether he might launch its instances himself, with the tags that their template gives them.
 */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'autoscaling:StartInstanceRefresh': ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole'],
  'scheduler:CreateSchedule': ['iam:PassRole'],
};

/** The IAM actions that an SDK command (`auto-scaling:DescribePolicies`, as the bundles name it) needs. */
export function actionsOf(command: string): readonly string[] {
  const [client = '', operation = ''] = command.split(':');
  const action = `${PREFIXES[client] ?? client}:${operation}`;
  return [ACTIONS[action] ?? action, ...(ALSO[action] ?? [])];
}
