// Of whom the form speaks: of the traveller, or of others who travel alone.
import { m } from '../../lib/words';

const own = {
  where: m.form_new,
  origin: m.form_origin,
  staying: m.form_staying_here,
  changing: m.form_changing_here,
  sameDay: m.form_same_day,
  onward: m.form_onward,
  zone: m.form_zone,
  airside: m.form_airside,
  landside: m.form_landside,
  arrival: m.arrival_open,
  arrivesBy: m.arrival_by,
  mayEnter: m.may_enter,
  adults: m.form_adults,
  told: m.others_told,
  phone: m.form_phone,
  kin: m.form_kin,
  mayCall: m.relatives_call,
  maySaySafe: m.relatives_safe,
  maySayWhere: m.relatives_where,
  maySpeakOfHealth: m.relatives_health,
  hint: m.form_people_hint,
  consent: m.consent_saving,
};

export type FormWords = typeof own;

const theirs: FormWords = {
  where: m.form_new_others,
  origin: m.form_origin_others,
  staying: m.form_staying_here_others,
  changing: m.form_changing_here_others,
  sameDay: m.form_same_day_others,
  onward: m.form_onward_others,
  zone: m.form_zone_others,
  airside: m.form_airside_others,
  landside: m.form_landside_others,
  arrival: m.arrival_open_others,
  arrivesBy: m.arrival_by_others,
  mayEnter: m.may_enter_others,
  adults: m.form_adults_others,
  told: m.others_told_others,
  phone: m.form_phone_others,
  kin: m.form_kin_others,
  mayCall: m.relatives_call_others,
  maySaySafe: m.relatives_safe_others,
  maySayWhere: m.relatives_where_others,
  maySpeakOfHealth: m.relatives_health_others,
  hint: m.form_people_hint_others,
  consent: m.consent_saving_others,
};

export const wordsOf = ({ ofOthers }: { ofOthers: boolean }): FormWords => (ofOthers ? theirs : own);
