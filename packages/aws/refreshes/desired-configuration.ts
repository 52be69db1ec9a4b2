import type {
  AutoScalingGroup,
  DesiredConfiguration,
  InstancesDistribution,
  LaunchTemplateOverrides,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import type { DesiredShape } from '@evenkeel/engine/ports';
import { AwsError } from '../errors.ts';
import { templateOf } from '../groups/group-shape.ts';

/** A group with a plain launch template buys On-Demand, and the first type that is to be had. */
const ON_DEMAND_IN_ORDER: InstancesDistribution = {
  OnDemandAllocationStrategy: 'prioritized',
  OnDemandBaseCapacity: 0,
  OnDemandPercentageAboveBaseCapacity: 100,
};

/**
 * S18: the group as it was just read, with other types. Its purchase split stays, and so does its template's version, as it is named:
 * `$Latest` and `$Default` are never turned into a number. Throws an AwsError (`invalid`) on groups AWS takes no such configuration for.
 */
export function desiredConfiguration(group: AutoScalingGroup, desired: DesiredShape): DesiredConfiguration {
  const template = templateOf(group);
  if (desired.types.length === 0) throw refused('a desired configuration names an instance type');
  if (!template) throw refused(`group ${group.AutoScalingGroupName} has no launch template; give it one`);
  if (hasInstanceRequirements(group)) {
    throw refused(
      `group ${group.AutoScalingGroupName} chooses its types by attributes; AWS takes no desired configuration for it`,
    );
  }
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { ...byIdOrName(template), Version: template.Version ?? '$Default' },
        Overrides: desired.types.map((type) => override(type, desired.template)),
      },
      InstancesDistribution: group.MixedInstancesPolicy?.InstancesDistribution ?? ON_DEMAND_IN_ORDER,
    },
  };
}

/** Attribute-based selection, in the group itself; a template may have it too. */
export function hasInstanceRequirements(group: AutoScalingGroup): boolean {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  return overrides.some((each) => each.InstanceRequirements !== undefined);
}

/** The types a desired configuration names, in its order; undefined where it is about none. */
export function typesOf(configuration: DesiredConfiguration | undefined): readonly string[] | undefined {
  if (configuration === undefined) return undefined;
  const overrides = configuration.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  return overrides.flatMap(({ InstanceType: type }) => type ?? []);
}

function override(type: string, template: DesiredShape['template']): LaunchTemplateOverrides {
  if (!template) return { InstanceType: type };
  return {
    InstanceType: type,
    LaunchTemplateSpecification: { ...named(template.template), Version: String(template.version) },
  };
}

/** A launch template by its id or by its name, as the tag has it. */
export function named(
  template: string,
): Pick<LaunchTemplateSpecification, 'LaunchTemplateId' | 'LaunchTemplateName'> {
  return template.startsWith('lt-') ? { LaunchTemplateId: template } : { LaunchTemplateName: template };
}

/** AWS gives id and name, and takes only one of them. */
function byIdOrName({ LaunchTemplateId: id, LaunchTemplateName: name }: LaunchTemplateSpecification) {
  return id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id };
}

function refused(message: string): AwsError {
  return new AwsError({ meaning: 'refused', awsCode: 'Evenkeel', message });
}
