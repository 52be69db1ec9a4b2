import { describe, expect, it } from 'vitest';
import { AT, createOffice, proposal } from './people.ts';

describe('who may', () => {
  it.each([
    ['shop', 'UCAROL', true],
    ['shop', 'UDAVE', false],
    ['core', 'UDAVE', true],
    ['core', 'UCAROL', false],
    ['batch', 'UCAROL', false],
  ])('of workload %s: %s %s', async (workload, user, allowed) => {
    const office = createOffice();
    const { id } = await office.tell(proposal(workload));
    await office.press(id, 'approve', user);
    await office.work();
    expect(office.performed).toHaveLength(allowed ? 1 : 0);
    if (allowed) return;
    expect(office.lastReply()).toMatch(/^Sorry, answers for tier \d are for /);
    expect(office.answers()).toMatchObject([{ by: `slack:${user}`, refused: 'not-allowed' }]);
    expect(office.shows(id)).toContain('evenkeel:approve');
  });

  it('nobody of a group whose members cannot be read', async () => {
    const office = createOffice({ fate: (method) => (method === 'usergroups.users.list' ? 'down' : 'ok') });
    const { id } = await office.tell(proposal('core'));
    await office.press(id, 'approve', 'UDAVE');
    await office.work();
    expect(office.performed).toEqual([]);
  });

  it('pauses everything: the people of tier 0', async () => {
    const office = createOffice();
    await office.command('pause --all', 'UCAROL');
    await office.command('pause --all --for 2h', 'UDAVE');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'pause', by: 'slack:UDAVE', until: AT + 120 }]);
    expect(office.performed[0]).not.toHaveProperty('workload');
  });
});
