// What the desk's REST says of who is woken for a life that nobody takes (backend/src/officers/rota.rs).
import type { DutyPlace, Wake } from './types';
import type { WireOfficer } from './wire';

export type WireNight = {
  on_duty: { officer: WireOfficer; place: DutyPlace; has_number: boolean; has_push: boolean; push_gone: boolean }[];
  wakes: Wake[];
  sms_goes: boolean;
  push_goes: boolean;
};
export type NewDuty = { officer: number; place: DutyPlace; from: string; until: string };
