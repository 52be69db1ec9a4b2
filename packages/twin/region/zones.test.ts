import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossZones } from './zones.ts';

const SLO = 0.7;
const demands = fc.double({ min: 0, max: 60, noNaN: true });

describe('acrossZones', () => {
  it('is one zone where instances divide evenly', () => {
    fc.assert(
      fc.property(
        demands,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (demand, each, zones) => {
          const { served, felt } = acrossZones(demand, each * zones, zones, SLO);
          const shortage = Math.max(0, demand / SLO - each * zones);
          expect(served).toBeCloseTo(Math.min(demand, each * zones), 9);
          expect(Math.max(0, felt / SLO - each * zones)).toBeCloseTo(shortage, 6);
        },
      ),
    );
  });

  it('never serves more and never lacks less than one zone would', () => {
    fc.assert(
      fc.property(
        demands,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (demand, up, zones) => {
          const { served, felt } = acrossZones(demand, up, zones, SLO);
          expect(served).toBeLessThanOrEqual(Math.min(demand, up) + 1e-9);
          expect(felt).toBeGreaterThanOrEqual(demand - 1e-9);
        },
      ),
    );
  });

  it('lacks what the smaller zones lack: 8 instances in 3 zones, a need of 8', () => {
    // Zones of 3, 3 and 2 instances need 2 2/3 each: the last one lacks 2/3.
    const { felt } = acrossZones(8 * SLO, 8, 3, SLO);
    expect(felt / SLO - 8).toBeCloseTo(2 / 3, 9);
  });
});
