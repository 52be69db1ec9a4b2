import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, minute } from '@evenkeel/core/quantities';
import type { Region } from '@evenkeel/twin';
import { EVENKEEL_BEGINS } from './calendar.ts';
import { APPROVERS } from './changes-of-shape.ts';

/** Something that people do during the two weeks, of which Evenkeel knows nothing beforehand. */
export interface Scene {
  readonly at: Minute;
  readonly workload: string;
  /** What a bystander would say of it. */
  readonly tells: string;
  /** Absent where the demand has it already. */
  readonly play?: (region: Region) => void;
}

const HANDS_ON_MINIMUM = 6;

/** When the crowd begins to come to the shop. */
export const CROWD_BEGINS: Minute = minute(EVENKEEL_BEGINS + 9 * MINUTES_PER_DAY + 13.5 * MINUTES_PER_HOUR);

export const SCENES: readonly Scene[] = [
  {
    at: minute(EVENKEEL_BEGINS + 4 * MINUTES_PER_DAY + 14 * MINUTES_PER_HOUR + 7),
    workload: 'thumbnails',
    tells: `kim sets MinSize to ${HANDS_ON_MINIMUM} by hand in the console`,
    play: (region) => {
      const ref = region.refs().find(({ name }) => name === groupName('thumbnails'));
      if (ref) region.owner.resize(ref, { min: HANDS_ON_MINIMUM }, { by: 'person', who: 'kim' });
    },
  },
  ...APPROVERS.map(({ workload, by, at }) => ({
    at,
    workload,
    tells: `${by} approves the change of instances in Slack`,
  })),
  {
    at: CROWD_BEGINS,
    workload: 'storefront',
    tells: 'a post goes round the world, and nobody announced it: demand trebles in twelve minutes',
  },
];

/** The Auto Scaling group of a workload of the demo. */
export function groupName(workload: string): string {
  return `${workload}-asg`;
}
