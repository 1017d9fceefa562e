// The desk's answers as the screens want them. Pure.
import type {
  AuditPage,
  Board,
  Case,
  CaseRow,
  Figures,
  Headcount,
  Incident,
  Line,
  Need,
  Night,
  Party,
  Session,
  Sign,
  Stop,
  ToldByVoice,
  Where,
} from './types';
import type {
  WireAudit,
  WireBoard,
  WireCase,
  WireFigures,
  WireHeadcount,
  WireHome,
  WireIncident,
  WireLeg,
  WireLine,
  WireNeeds,
  WireRow,
  WireSession,
  WireSign,
} from './wire';
import type { WireNight } from './wire_night';

const earlier = (a: string, b: string): string => (Date.parse(a) <= Date.parse(b) ? a : b);

export function row(wire: WireRow): CaseRow {
  const people = wire.people ?? 1;
  const { rank } = wire;
  return {
    number: wire.number,
    version: wire.version,
    kind: wire.kind,
    rank: rank.accepted ?? rank.proposed,
    accepted: rank.accepted && rank.by && rank.at ? { by: rank.by.name, at: rank.at } : null,
    name: wire.name ?? null,
    people,
    tags: wire.tags,
    safeWhen: wire.safe_when ?? null,
    why: {
      because: {
        code: rank.because.code,
        medicine_days: rank.because.facts.medicine_days ?? null,
        also: rank.because.also,
      },
      reason: rank.reason ?? null,
      words: wire.words ?? null,
      by: wire.word_by,
      at: wire.said_at,
    },
    place: wire.place
      ? {
          country: wire.place.country,
          airport: wire.place.airport ?? null,
          said: wire.place.said ?? null,
          known: wire.place.by,
          at: wire.place.at,
        }
      : null,
    arrived: { at: wire.arrived_at, way: wire.by },
    due: wire.late_at ? { from: earlier(wire.step?.since ?? wire.arrived_at, wire.late_at), at: wire.late_at } : null,
    step: stepOf(wire),
    owner: wire.owner ?? null,
    handedTo: wire.handed_to ?? null,
    viewers: wire.open_by,
    unread: wire.unread,
    waits: wire.waiting,
    objection: wire.objection,
    moved: wire.moved,
    well: wire.well?.at ?? null,
    joined: wire.joined ?? [],
    joinedTo: wire.joined_to ?? null,
    hasPhone: wire.has_phone ?? true,
  };
}

/** Of a step and a promise, the one that is due first is shown. */
function stepOf({ step, promise }: WireRow): CaseRow['step'] {
  if (promise && (!step || Date.parse(promise.by) <= Date.parse(step.due))) {
    return { text: step?.text ?? promise.what, promised: true };
  }
  return step ? { text: step.text, promised: false } : null;
}

export function board(wire: WireBoard): Board {
  const { counts } = wire;
  const count = ({ count, oldest_at }: { count: number; oldest_at?: string }) => ({ count, at: oldest_at ?? null });
  return {
    version: wire.list.number,
    at: wire.list.at,
    event: wire.event ? { ...wire.event, exercise: wire.event.exercise === true } : null,
    counts: {
      nobody: count(counts.unowned),
      late: count(counts.late),
      promised: count(counts.promised),
      no_step: count(counts.no_step),
      waits: count(counts.waiting),
      mine: count(counts.mine),
    },
    cases: [...wire.upper, ...wire.lower].map(row),
    floods: wire.floods.map(({ with_more, words, late_at, ...rest }) => ({
      ...rest,
      withMore: with_more,
      words: words ?? null,
      late: late_at ?? null,
    })),
    closed: wire.last_closed_at ?? null,
    next: (wire.next ?? []).map((task) => ({ ...task, level: task.level ?? null })),
    sky: (wire.sky ?? []).map(({ time_zone, ...rest }) => ({ ...rest, zone: time_zone })),
    front: { heard: wire.front.heard_at ?? null, away: wire.front.away_since ?? null },
    logWhole: wire.audit_whole,
    drafts: wire.drafts ?? [],
    night: night(wire.night),
    manyLookUps: wire.many_look_ups ?? [],
  };
}

const night = ({ on_duty, wakes, sms_goes, push_goes }: WireNight): Night => ({
  onDuty: on_duty.map(({ officer, place, has_number, has_push }) => ({
    officer,
    place,
    hasNumber: has_number,
    hasPush: has_push,
  })),
  wakes,
  smsGoes: sms_goes,
  pushGoes: push_goes,
});

/** `zone` is the machine's own, for a desk that does not say where it stands. */
export function session(wire: WireSession, lang: string, zone: string): Session {
  const where = (home: WireHome): Where => ({
    city: home.name[lang] ?? null,
    post: home.post?.[lang] ?? null,
    zone: home.time_zone,
  });
  return {
    officer: wire.officer,
    until: wire.until,
    standby: wire.standby,
    home: wire.home ? where(wire.home) : { city: null, post: null, zone },
    mission: wire.mission ? where(wire.mission) : null,
    rights: new Set(wire.rights),
    makes: wire.makes ?? [],
  };
}

export function caseOf(wire: WireCase, now: number): Case {
  const all = [wire, ...(wire.joined ?? [])];
  const of = (one: WireCase): number | null => (one === wire ? null : one.row.number);
  const { row: own } = wire;
  return {
    row: row(wire.row),
    lang: all.find(({ language }) => language !== undefined)?.language ?? null,
    toldReason: wire.told.reason ?? null,
    parties: all.flatMap((one) => partyOf(one, of(one))),
    lines: all.flatMap((one) => lines(one, of(one))).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    promises: all.flatMap((one) =>
      one.promises
        .filter(({ kept_at }) => kept_at === undefined)
        .map(({ id, what, by }) => ({ id, what, due: { from: promisedAt(one, what, by), at: by } })),
    ),
    trip: all.flatMap((one) => one.trips).flatMap(({ legs }) => legs.map((leg) => stop(leg, now))),
    shut: all.reduce((count, one) => count + one.shut.length, 0),
    calls: all.flatMap(told),
    signs: all.flatMap(({ sign }) => (sign ? [signOf(sign)] : [])),
    joined: (wire.joined ?? []).map((one) => ({ ...row(one.row), joinedTo: one.row.joined_to ?? own.number })),
    sms: all.flatMap((one) =>
      one.words.flatMap(({ id, at, sms_from }) =>
        sms_from === undefined ? [] : [{ id, from: sms_from, at, of: of(one) }],
      ),
    ),
    canWrite: wire.can_write,
    closed: wire.closed
      ? {
          at: wire.closed.at,
          by: wire.closed.by?.name ?? null,
          outcome: wire.closed.outcome,
          word: wire.closed.word ?? null,
          wordMissing: wire.closed.word_missing ?? null,
        }
      : null,
  };
}

/** Who travels together by one phone; nothing where it has registered nobody. */
function partyOf({ people, party }: WireCase, of: number | null): Party[] {
  if (!party && people.length === 0) return [];
  return [
    {
      of,
      people: party ? party.adults + party.children : people.length,
      children: party?.children ?? 0,
      members: people.map(({ name, phone, group }) => ({ name, phone: phone ?? null, group: group ?? null })),
      phone: party?.phone ?? null,
      kin: party?.next_of_kin ?? null,
      needs: [...(party ? needs(party.needs, null) : []), ...people.flatMap((one) => needs(one.needs, one.name))],
      consents: party ? CONSENTS.map((what) => ({ what, given: party.for_relatives[what] === true })) : [],
    },
  ];
}
const CONSENTS = ['call_if_silent', 'say_safe', 'say_where', 'say_health'] as const;

function told({ row: { number }, call }: WireCase): ToldByVoice[] {
  if (!call) return [];
  return [
    {
      number,
      by: call.by,
      caller: call.caller_name ?? '',
      callerPhone: call.caller_number ?? null,
      phone: call.number ?? null,
      born: call.birth_date ?? null,
      document: call.document ?? null,
      what: [...call.needs, ...(call.lost_touch ? ['lost_touch' as const] : [])],
      medicineDays: call.medicine_days ?? null,
      text: call.text,
      readBack: call.read_back,
    },
  ];
}

const signOf = ({ asked_at, answer, answered_at }: WireSign): Sign => ({
  answer: answer ?? null,
  at: answered_at ?? asked_at,
});

function promisedAt({ line, row }: WireCase, what: string, by: string): string {
  const made = line.find((event) => event.what === 'promised' && event.text === what);
  return earlier(made?.at ?? row.arrived_at, by);
}

function needs(given: WireNeeds, who: string | null): Need[] {
  const bare = (['wheelchair', 'pregnant', 'infant'] as const).filter((what) => given[what] === true);
  const medicine = given.medicine !== undefined || given.medicine_days !== undefined;
  return [
    ...(medicine
      ? [{ what: 'medicine' as const, name: given.medicine ?? null, days: given.medicine_days ?? null, who }]
      : []),
    ...bare.map((what) => ({ what, who })),
  ];
}

/** What was written stands as a message, and so not a second time as an event. */
const TOLD_BY_MESSAGES = new Set(['wrote', 'objected', 'asks_to_close', 'they_wrote', 'read']);

function lines({ messages, line, row }: WireCase, of: number | null): Line[] {
  const written = messages.map((one): Line => {
    const { at, text } = one;
    const lang = one.language ?? null;
    if (one.from === 'person') {
      const marks = (['objection', 'closes'] as const).filter((mark) => one[mark] === true);
      return { kind: 'message', of, at, text, lang, quick: one.quick ?? null, marks };
    }
    const officer = one.officer?.name ?? row.owner?.name ?? '';
    return {
      kind: 'answer',
      of,
      at,
      officer,
      text,
      lang,
      state: one.state ?? 'at_front',
      silent: one.announced === 'silent',
    };
  });
  const told = line
    .filter(({ what }) => !TOLD_BY_MESSAGES.has(what))
    .map((event): Line => ({ kind: 'event', of, at: event.at, event }));
  return [...written, ...told];
}

function stop(leg: WireLeg, now: number): Stop {
  const [from, until] = [
    Date.parse(leg.from),
    leg.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(leg.until),
  ];
  const ahead = from > now ? 'ahead' : 'now';
  return {
    from: leg.from,
    phase: until < now ? 'past' : ahead,
    country: leg.country,
    airport: leg.airport ?? null,
    detail: leg.address ?? leg.city ?? leg.flight ?? null,
    noTicket: leg.onward_ticket === false,
  };
}

function figures(wire: WireFigures, before: number | undefined): Figures {
  return {
    count: wire.likely,
    low: wire.low,
    high: wire.high,
    safe: wire.safe,
    help: wire.need_help,
    stranded: wire.stranded,
    silent: wire.silent,
    overdue: wire.presumed,
    unconfirmed: wire.unconfirmed,
    helpWithoutTrip: wire.need_help_without_trip,
    change: before === undefined ? null : wire.likely - before,
  };
}

/** By who needs help, then by how many there are. `then` is the hour that was asked for. */
export function headcount(wire: WireHeadcount, then: string | null): Headcount {
  const { printed } = wire;
  const before = (country: string) => (printed ? (printed.countries[country] ?? 0) : undefined);
  const places = Object.entries(wire.countries).map(([country, one]) => ({
    country,
    ...figures(one, before(country)),
  }));
  return {
    version: wire.list.number,
    at: wire.known_at,
    then: then === null ? null : wire.known_at,
    away: wire.front_away_since ?? null,
    total: figures(wire.total, printed?.likely),
    places: places.sort((a, b) => b.help - a.help || b.count - a.count),
    airports: Object.entries(wire.airports)
      .map(([airport, one]) => ({ airport, ...figures(one, undefined) }))
      .sort((a, b) => b.count - a.count),
    printed: printed?.at ?? null,
    harms: wire.harms.map(({ kind, confirmed, checking, source, at }) => ({
      kind,
      confirmed: confirmed ?? null,
      checking: checking ?? null,
      source,
      at,
    })),
  };
}

export const incident = ({ lines, ...rest }: WireIncident): Incident => ({
  ...rest,
  lines: lines.map(({ officer, text, reason, ...line }) => ({
    ...line,
    officer: officer?.name ?? null,
    text: text ?? null,
    reason: reason ?? null,
  })),
});

export function audit({ lines, whole, broken_at }: WireAudit): AuditPage {
  return {
    lines: lines.map(({ line, what }) => ({ line, ...said(what) })),
    whole,
    brokenAt: broken_at ?? null,
  };
}

/** What is no line of the desk's any more, for somebody changed it, is shown as it stands in the file. */
function said(what: WireLine | string): Omit<AuditPage['lines'][number], 'line'> {
  if (typeof what === 'string') return { at: null, account: '', deed: '', number: null, more: what };
  return {
    at: what.at,
    account: what.account,
    // a line without a deed is left by the command that opens a record
    deed: what.deed ?? 'open',
    number: what.case ?? null,
    more: [what.officer, what.why].filter((part) => part !== undefined).join(' · '),
  };
}
