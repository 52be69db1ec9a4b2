import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';

/** A launch template by its id or its name, and the version as the group names it. */
export interface TemplateVersion {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
  readonly Version: string;
}

/** The template and its version as one string: `lt-0a1b:7`, `shop-arm64:7`. */
export function templateName({ LaunchTemplateId, LaunchTemplateName, Version }: TemplateVersion): string {
  return `${LaunchTemplateId ?? LaunchTemplateName}:${Version}`;
}

/** What a version holds. Rejects with `not-found` where there is no such version. */
export async function readTemplate(
  client: EC2Client,
  template: TemplateVersion,
): Promise<ResponseLaunchTemplateData> {
  const { Version, ...which } = template;
  const command = new DescribeLaunchTemplateVersionsCommand({ ...which, Versions: [Version] });
  const [version] = (await call(client, command)).LaunchTemplateVersions ?? [];
  if (version?.LaunchTemplateData) return version.LaunchTemplateData;
  throw new AwsError({
    meaning: 'not-found',
    awsCode: 'InvalidLaunchTemplateId.VersionNotFound',
    message: `there is no launch template ${templateName(template)}`,
  });
}

/** An image that is looked up at every launch: AWS rolls no group with such a template back. */
export function hasImageParameter({ ImageId: image }: ResponseLaunchTemplateData): boolean {
  return image?.startsWith('resolve:ssm:') ?? false;
}

/** What an image is built for; undefined where it cannot be seen, or is for neither of the two. */
export async function readArchitecture(
  client: EC2Client,
  image: string | undefined,
): Promise<'x86_64' | 'arm64' | undefined> {
  if (image === undefined || !image.startsWith('ami-')) return undefined;
  const architecture = await architectureOf(client, image);
  return architecture === 'x86_64' || architecture === 'arm64' ? architecture : undefined;
}

async function architectureOf(client: EC2Client, image: string): Promise<string | undefined> {
  try {
    const { Images: images = [] } = await call(client, new DescribeImagesCommand({ ImageIds: [image] }));
    return images[0]?.Architecture;
  } catch (error) {
    // An image that was deregistered, or is not shared with this account any more.
    if (error instanceof AwsError && error.awsCode.startsWith('InvalidAMIID')) return undefined;
    throw error;
  }
}
