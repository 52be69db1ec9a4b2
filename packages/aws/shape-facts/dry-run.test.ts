import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { recordedEndpoint } from '../testing/recorded-endpoint.ts';
import { dryRun } from './dry-run.ts';

const LAUNCH = {
  template: { LaunchTemplateId: 'lt-0a', Version: '7' },
  data: {},
  type: 'm7g.large',
  subnet: 'subnet-a',
};

/** As EC2 answers: errors in a list, under other names than the query protocol of the other services. */
function ec2Error(code: string, message: string, status: number) {
  const error = `<Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors>`;
  return { status, body: `<Response>${error}<RequestID>r-1</RequestID></Response>` };
}

function ask(answer: { status: number; body: string }) {
  const endpoint = recordedEndpoint([answer]);
  const client = new EC2Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
    requestHandler: endpoint.handler,
  });
  return { asked: dryRun(client, LAUNCH), endpoint };
}

describe('a dry run, on the wire', () => {
  it('would go through where EC2 answers 412 DryRunOperation; the request is a dry run of one instance', async () => {
    const { asked, endpoint } = ask(
      ec2Error('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412),
    );
    expect(await asked).toBeUndefined();
    const sent = Object.fromEntries(new URLSearchParams(endpoint.requests[0]?.body));
    expect(sent).toMatchObject({
      Action: 'RunInstances',
      DryRun: 'true',
      MinCount: '1',
      MaxCount: '1',
      InstanceType: 'm7g.large',
      SubnetId: 'subnet-a',
      'LaunchTemplate.LaunchTemplateId': 'lt-0a',
      'LaunchTemplate.Version': '7',
    });
  });

  it('would be refused where the image is of another architecture', async () => {
    const message =
      "The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI.";
    const { asked } = ask(ec2Error('InvalidParameterValue', message.replaceAll("'", '&apos;'), 400));
    expect(await asked).toContain(message);
  });

  it('names the permission that is missing', async () => {
    const { asked } = ask(
      ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403),
    );
    expect(await asked).toMatch(/the permission ec2:RunInstances is missing/);
  });
});
