import {
  type EC2Client,
  type ResponseLaunchTemplateData,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import type { TemplateVersion } from './launch-template.ts';

export interface Launch {
  readonly template: TemplateVersion;
  readonly data: ResponseLaunchTemplateData;
  readonly type: string;
  /** Undefined in an account whose group uses the default network. */
  readonly subnet: string | undefined;
}

/**
 * Asks EC2 whether it would launch one instance: rights, image, type, network; not whether there is capacity. Gives what AWS says against it,
 * undefined where nothing. Nothing is launched. Rejects only where AWS could not be asked.
 */
export async function dryRun(client: EC2Client, launch: Launch): Promise<string | undefined> {
  try {
    await call(client, new RunInstancesCommand(requestOf(launch)));
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.awsCode === 'DryRunOperation') return undefined;
    if (isPassing(error)) throw error;
    return `${launch.type}: ${error.message}`;
  }
}

function isPassing({ meaning }: AwsError): boolean {
  return meaning === 'throttled' || meaning === 'unavailable' || meaning === 'credentials';
}

function requestOf({ template, data, type, subnet }: Launch): RunInstancesCommandInput {
  const { LaunchTemplateId, LaunchTemplateName, Version } = template;
  return {
    DryRun: true,
    MinCount: 1,
    MaxCount: 1,
    LaunchTemplate: {
      Version,
      ...(LaunchTemplateId === undefined ? { LaunchTemplateName } : { LaunchTemplateId }),
    },
    InstanceType: type as RunInstancesCommandInput['InstanceType'],
    ...placeOf(data, subnet),
  };
}

/** A template with a network interface takes no subnet beside it: the subnet goes into the interface, as the group does it. */
function placeOf(
  { NetworkInterfaces: interfaces = [] }: ResponseLaunchTemplateData,
  SubnetId: string | undefined,
): Pick<RunInstancesCommandInput, 'SubnetId' | 'NetworkInterfaces'> {
  if (SubnetId === undefined) return {};
  const first = interfaces.find(({ DeviceIndex: index }) => (index ?? 0) === 0);
  if (!first) return { SubnetId };
  const { Groups, AssociatePublicIpAddress } = first;
  return {
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId,
        ...(Groups && { Groups }),
        ...(AssociatePublicIpAddress !== undefined && { AssociatePublicIpAddress }),
      },
    ],
  };
}
