import type { AutoScalingGroup, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import type { GroupShape } from '@evenkeel/engine/ports';

/** What runs in the group, as far as the group itself tells: its instances, its overrides and its purchase split. */
export function groupShapeFrom(group: AutoScalingGroup): GroupShape {
  const instanceTypes = instanceTypesOf(group);
  const architecture = architectureOf(instanceTypes);
  return {
    instanceTypes,
    ...(architecture && { architecture }),
    spotShare: spotShareOf(group),
    templateVersion: templateVersionOf(group),
  };
}

/** The launch template in use, of the mixed policy where there is one. */
export function templateOf(group: AutoScalingGroup): LaunchTemplateSpecification | undefined {
  return group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
}

/**
 * The processor of an instance type by its name: `m7g`, `c6gn`, `t4g`, `im4gn`: a `g` right after the generation is Graviton;
 * `a1` is the first of them and `mac2` Apple's. `g5` (a family of that letter) and `g4dn` are x86.
 */
export function architectureOfType(type: string): 'x86_64' | 'arm64' {
  const family = type.split('.')[0] ?? type;
  return /^(a1$|mac2|[a-z]+\d+g)/.test(family) ? 'arm64' : 'x86_64';
}

/** The types that run most come first; then those the owner lists; together what is acceptable. */
function instanceTypesOf(group: AutoScalingGroup): readonly string[] {
  const counts = new Map<string, number>();
  for (const { InstanceType: type } of group.Instances ?? []) {
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const running = [...counts.entries()]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([type]) => type);
  const listed = (group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).flatMap((override) =>
    override.InstanceType === undefined ? [] : [override.InstanceType],
  );
  return [...new Set([...running, ...listed])];
}

function architectureOf(types: readonly string[]): 'x86_64' | 'arm64' | undefined {
  return types[0] === undefined ? undefined : architectureOfType(types[0]);
}

/** The share of Spot at the present size; AWS's default above the On-Demand base is 100 % On-Demand. */
function spotShareOf(group: AutoScalingGroup): number {
  const distribution = group.MixedInstancesPolicy?.InstancesDistribution;
  const desired = group.DesiredCapacity ?? 0;
  const spotAbove = 1 - (distribution?.OnDemandPercentageAboveBaseCapacity ?? 100) / 100;
  const base = distribution?.OnDemandBaseCapacity ?? 0;
  if (desired === 0) return spotAbove;
  return (Math.max(0, desired - base) / desired) * spotAbove;
}

function templateVersionOf(group: AutoScalingGroup): GroupShape['templateVersion'] {
  const template = templateOf(group);
  if (!template) return 'none';
  // A template without a version means the default one.
  switch (template.Version ?? '$Default') {
    case '$Latest':
      return 'latest';
    case '$Default':
      return 'default';
    default:
      return 'number';
  }
}
