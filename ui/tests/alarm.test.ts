import { expect, it } from 'vitest';
import { alarmOf, saysIt } from '../src/lib/alarm';
import { views } from './sample/views';

const { crisis } = views;
const lead = crisis.advisories.find(({ id }) => id === crisis.lead)!;
const led = (over: Partial<typeof lead>) => ({
  ...crisis,
  advisories: crisis.advisories.map((one) => (one.id === lead.id ? { ...one, ...over } : one)),
});

it('stands until the traveller says how they are', () => {
  const asked = { ...crisis, check_in: null };
  expect(alarmOf(asked)?.id).toBe(lead.id);
  const said = (at: string) => ({ ...asked, check_in: { ...crisis.check_in!, at } });
  expect(alarmOf(said('2020-01-01T00:00:00Z'))?.id).toBe(lead.id);
  expect(alarmOf(said(lead.issued_at))).toBeUndefined();
});

it('is extreme danger that holds where the traveller is, and nothing less', () => {
  const asked = { ...led({}), check_in: null };
  expect(alarmOf(asked)).toBeDefined();
  for (const over of [{ severity: 'severe' }, { state: 'upcoming' }, { concerns: 'trip' }] as const)
    expect(alarmOf({ ...led(over), check_in: null })).toBeUndefined();
});

it('is in sight on the page of any other warning', () => {
  expect(saysIt({ screen: 'advisory', id: 'another' }, lead)).toBe(false);
  expect(saysIt({ screen: 'trips' }, lead)).toBe(false);
  expect(saysIt({ screen: 'advisory', id: lead.id }, lead)).toBe(true);
  expect(saysIt({ screen: 'now' }, lead)).toBe(true);
});
