/** What a resource is told and what it was created with. */
export interface ResourceFacts {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** For a resource that is only looked up: what it is looked up by. */
  readonly lookedUp?: string;
  readonly region: string;
  readonly account: string;
}

type Outputs = (facts: ResourceFacts) => Record<string, unknown>;

/** What AWS would add to a resource's inputs, per type: the ARNs and addresses that other resources are built from. */
const OUTPUTS: Readonly<Record<string, Outputs>> = {
  'aws:dynamodb/table:Table': (facts) => ({
    name: nameOf(facts),
    arn: arn(facts, 'dynamodb', `table/${nameOf(facts)}`),
  }),
  'aws:sqs/queue:Queue': (facts) => {
    const name = nameOf(facts).split('/').at(-1) ?? '';
    return {
      name,
      arn: arn(facts, 'sqs', name),
      url: `https://sqs.${facts.region}.amazonaws.com/${facts.account}/${name}`,
    };
  },
  'aws:iam/role:Role': (facts) => ({
    name: nameOf(facts),
    arn: `arn:aws:iam::${facts.account}:role/${nameOf(facts)}`,
  }),
  'aws:lambda/function:Function': (facts) => {
    const own = arn(facts, 'lambda', `function:${nameOf(facts)}`);
    const version = facts.inputs.publish === true ? '1' : '$LATEST';
    return { arn: own, version, qualifiedArn: `${own}:${version}`, invokeArn: `${own}/invocations` };
  },
  'aws:lambda/functionUrl:FunctionUrl': ({ name, region }) => ({
    functionUrl: `https://${name.toLowerCase()}.lambda-url.${region}.on.aws/`,
  }),
  'aws:cloudwatch/logGroup:LogGroup': (facts) => ({ arn: arn(facts, 'logs', `log-group:${nameOf(facts)}`) }),
  'aws:cloudwatch/metricAlarm:MetricAlarm': (facts) => ({
    arn: arn(facts, 'cloudwatch', `alarm:${nameOf(facts)}`),
  }),
  'aws:cloudwatch/eventBus:EventBus': (facts) => ({
    name: nameOf(facts),
    arn: arn(facts, 'events', `event-bus/${nameOf(facts)}`),
  }),
  'aws:cloudwatch/eventRule:EventRule': (facts) => {
    const bus = facts.inputs.eventBusName;
    const path = typeof bus === 'string' && bus !== 'default' ? `${bus}/` : '';
    return { name: nameOf(facts), arn: arn(facts, 'events', `rule/${path}${nameOf(facts)}`) };
  },
  'aws:scheduler/scheduleGroup:ScheduleGroup': (facts) => ({
    name: nameOf(facts),
    arn: arn(facts, 'scheduler', `schedule-group/${nameOf(facts)}`),
  }),
  'aws:scheduler/schedule:Schedule': (facts) => ({
    arn: arn(facts, 'scheduler', `schedule/default/${nameOf(facts)}`),
  }),
  'aws:sns/topic:Topic': (facts) => ({ arn: arn(facts, 'sns', nameOf(facts)) }),
  'random:index/randomBytes:RandomBytes': ({ inputs }) => {
    const bytes = Buffer.alloc(inputs.length as number, 1);
    return { base64: bytes.toString('base64'), hex: bytes.toString('hex') };
  },
};

/** The outputs AWS would give; empty for types nothing else is built from. */
export function outputsOf(type: string, facts: ResourceFacts): Record<string, unknown> {
  return OUTPUTS[type]?.(facts) ?? {};
}

/** What a look-up answers; undefined for one that is not known. */
export function lookUp(
  token: string,
  { region, account }: { readonly region: string; readonly account: string },
): Record<string, unknown> | undefined {
  switch (token) {
    case 'aws:index/getPartition:getPartition':
      return { id: 'aws', partition: 'aws', dnsSuffix: 'amazonaws.com', reverseDnsPrefix: 'com.amazonaws' };
    case 'aws:index/getRegion:getRegion':
      return { id: region, region, name: region, description: region };
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { id: account, accountId: account, arn: `arn:aws:iam::${account}:root`, userId: 'AIDA' };
    default:
      return undefined;
  }
}

function nameOf({ inputs, name, lookedUp }: ResourceFacts): string {
  return lookedUp ?? (inputs.name as string | undefined) ?? name;
}

function arn({ region, account }: ResourceFacts, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}
