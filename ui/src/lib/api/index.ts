// The only way out of the screens: one typed function for each command of the shell.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Answer } from './types/Answer';
import type { CallOutcome } from './types/CallOutcome';
import type { CheckInStatus } from './types/CheckInStatus';
import type { ChosenPlace } from './types/ChosenPlace';
import type { CodedSms } from './types/CodedSms';
import type { Contacts } from './types/Contacts';
import type { CountryName } from './types/CountryName';
import type { CountryPage } from './types/CountryPage';
import type { Details } from './types/Details';
import type { FamilyText } from './types/FamilyText';
import type { Failure } from './types/Failure';
import type { Form } from './types/Form';
import type { Typed } from './types/Typed';
import type { BeingSaid } from './types/BeingSaid';
import type { Hit } from './types/Hit';
import type { Against } from './types/Against';
import type { Lang } from './types/Lang';
import type { LeftPage } from './types/LeftPage';
import type { LevelView } from './types/LevelView';
import type { MessageDraft } from './types/MessageDraft';
import type { MessageId } from './types/MessageId';
import type { MessagesPage } from './types/MessagesPage';
import type { Listed } from './types/Listed';
import type { Overlap } from './types/Overlap';
import type { PaperPage } from './types/PaperPage';
import type { PartyAct } from './types/PartyAct';
import type { PartyPage } from './types/PartyPage';
import type { Person } from './types/Person';
import type { PickedPlace } from './types/PickedPlace';
import type { PlaceAt } from './types/PlaceAt';
import type { Position } from './types/Position';
import type { Printed } from './types/Printed';
import type { Proposed } from './types/Proposed';
import type { PrivacyPage } from './types/PrivacyPage';
import type { Split } from './types/Split';
import type { StatusCount } from './types/StatusCount';
import type { TextShown } from './types/TextShown';
import type { Topic } from './types/Topic';
import type { Texts } from './types/Texts';
import type { There } from './types/There';
import type { TripDraft } from './types/TripDraft';
import type { TripId } from './types/TripId';
import type { View } from './types/View';
import type { WarnedArea } from './types/WarnedArea';
import type { Whom } from './types/Whom';

export type * from './types/Against';
export type * from './types/AdvisoryGroup';
export type * from './types/AdvisoryView';
export type * from './types/Arrival';
export type * from './types/ArrivesBy';
export type * from './types/Answer';
export type * from './types/Aside';
export type * from './types/Ask';
export type * from './types/Named';
export type * from './types/Passage';
export type * from './types/Said';
export type * from './types/CallBar';
export type * from './types/CallOutcome';
export type * from './types/CaseStepName';
export type * from './types/CaseView';
export type * from './types/CheckInStatus';
export type * from './types/ChatView';
export type * from './types/ChosenPlace';
export type * from './types/Contacts';
export type * from './types/CountryName';
export type * from './types/CountryPage';
export type * from './types/Code';
export type * from './types/CodedSms';
export type * from './types/Consent';
export type * from './types/Delivery';
export type * from './types/Details';
export type * from './types/FamilyText';
export type * from './types/Failure';
export type * from './types/FailureCode';
export type * from './types/EmergencyNumber';
export type * from './types/EmergencyRow';
export type * from './types/EmergencyService';
export type * from './types/FaultyRow';
export type * from './types/Form';
export type * from './types/Typed';
export type * from './types/BeingSaid';
export type * from './types/ForRelatives';
export type * from './types/Group';
export type * from './types/Here';
export type * from './types/Hit';
export type * from './types/ImportNote';
export type * from './types/ImportNoteCode';
export type * from './types/ImportRefusal';
export type * from './types/ImportRefused';
export type * from './types/InRoll';
export type * from './types/Lang';
export type * from './types/LastCall';
export type * from './types/LeftPage';
export type * from './types/LegDraft';
export type * from './types/LegToTake';
export type * from './types/LegView';
export type * from './types/LevelView';
export type * from './types/LineView';
export type * from './types/Listed';
export type * from './types/ListRefusal';
export type * from './types/MessageDraft';
export type * from './types/MessagesPage';
export type * from './types/MissionView';
export type * from './types/MyCase';
export type * from './types/Need';
export type * from './types/NeedsOfOne';
export type * from './types/Needs';
export type * from './types/Overlap';
export type * from './types/PaperPage';
export type * from './types/PartView';
export type * from './types/Party';
export type * from './types/PartyAct';
export type * from './types/PartyPage';
export type * from './types/Person';
export type * from './types/PickedPlace';
export type * from './types/PlaceAt';
export type * from './types/Printed';
export type * from './types/Piece';
export type * from './types/Position';
export type * from './types/Proposed';
export type * from './types/PrivacyPage';
export type * from './types/PrivateLeg';
export type * from './types/PrivateCheckIn';
export type * from './types/PrivateTrip';
export type * from './types/SafeContact';
export type * from './types/SaidPlace';
export type * from './types/QuickAnswer';
export type * from './types/SecondWay';
export type * from './types/SecondWayKind';
export type * from './types/SentItem';
export type * from './types/Split';
export type * from './types/StatusCount';
export type * from './types/SentLeg';
export type * from './types/SentPlace';
export type * from './types/SentWhat';
export type * from './types/Severity';
export type * from './types/Shift';
export type * from './types/Target';
export type * from './types/StepView';
export type * from './types/Tag';
export type * from './types/Texts';
export type * from './types/TextShown';
export type * from './types/TextWay';
export type * from './types/ThreadItem';
export type * from './types/Topic';
export type * from './types/TopicText';
export type * from './types/TripDraft';
export type * from './types/TripOnPaper';
export type * from './types/There';
export type * from './types/TripView';
export type * from './types/View';
export type * from './types/With';
export type * from './types/WarnedArea';
export type * from './types/WarningText';

export type Words = Texts<string>;

export type Qr = { size: number; path: string };
/** Whether the system shows notifications: `to_ask` where it was never asked, `unknown` where it does not say. */
export type Notices = 'on' | 'to_ask' | 'off' | 'unknown';
/** What a notice sounds like: danger now · it is over · the ministry has written. */
export type Sound = 'extreme' | 'all_clear' | 'message';
/** Where a file of everything was written, and whether what the ministry holds is in it. */
export type Exported = { path: string; with_ministry: boolean };
/** What a tap on a notification opens. */
export type Show = { screen: 'advisory'; id: string } | { screen: 'messages' };

/** The View that came in the page; none where no shell filled it in. */
export function firstView(): View | null {
  const json = document.getElementById('view')?.textContent ?? '';
  return json.startsWith('{"') ? (JSON.parse(json) as View) : null;
}

export const view = () => invoke<View>('view');
export const contacts = () => invoke<Contacts>('contacts');
export const levels = () => invoke<LevelView[]>('levels');
export const warnedAreas = () => invoke<WarnedArea[]>('warned_areas');
export const guidance = () => invoke<Topic[]>('guidance');
export const lookUp = (query: string) => invoke<PickedPlace[]>('look_up', { query });
export const ownPlaces = () => invoke<PickedPlace[]>('own_places');
export const airportsHere = () => invoke<PickedPlace[]>('airports_here');
export const country = (code: string) => invoke<CountryPage>('country', { code });
export const countries = () => invoke<CountryName[]>('countries');
export const search = (query: string) => invoke<Hit[]>('search', { query });
export const verify = (text: string, printed: Printed[]) => invoke<Answer>('verify', { text, printed });
/** Files one after another, each after its length. */
export const importRead = (files: Uint8Array) => invoke<Proposed>('import_read', files);
export const placeAt = (position: Position) => invoke<PlaceAt>('place_at', { position });
export const choosePlace = (place: ChosenPlace | null) => invoke<void>('choose_place', { place });
export const setPrefersText = (prefers: boolean) => invoke<void>('set_prefers_text', { prefers });
export const printPage = () => invoke<void>('print_page');
export const tripSave = (id: TripId | null, draft: TripDraft, agreed: TextShown[]) =>
  invoke<TripId>('trip_save', { id, draft, agreed });
export const tripOverlap = (id: TripId | null, draft: TripDraft) =>
  invoke<Overlap | null>('trip_overlap', { id, draft });
export const tripDraft = (id: TripId) => invoke<TripDraft>('trip_draft', { id });
export const tripDelete = (id: TripId) => invoke<void>('trip_delete', { id });
export const tripCutOff = (id: TripId) => invoke<void>('trip_cut_off', { id });
export const stayLonger = (id: TripId, nights: number) => invoke<void>('stay_longer', { id, nights });
export const tripSplit = (id: TripId, who: Split) => invoke<TripId>('trip_split', { id, who });
export const tripChangeUndo = (id: TripId) => invoke<void>('trip_change_undo', { id });
export const tripSplitUndo = (id: TripId) => invoke<void>('trip_split_undo', { id });
export const paper = () => invoke<PaperPage>('paper');
/** The groups of a new code, which nobody can have a second time. */
export const paperMake = () => invoke<string[]>('paper_make');
export const paperLook = (text: string) => invoke<void>('paper_look', { text });
/** The code in a picture. */
export const paperSee = (picture: Uint8Array) => invoke<string>('paper_see', picture);
export const paperTake = () => invoke<TripId[]>('paper_take');
/** Where the file was written. */
export const paperSave = (text: string) => invoke<string>('paper_save', { text });
export const tripNext = () => invoke<TripDraft>('trip_next');
export const stuckAt = (
  airport: string,
  airside: boolean,
  people: number | null,
  phone: string | null,
  agreed: TextShown[],
) => invoke<TripId>('stuck_at', { airport, airside, people, phone, agreed });
export const formKeep = (form: Form, sheet: number, content: string | null) =>
  invoke<void>('form_keep', { form, sheet, content });
export const formKept = (form: Form) => invoke<Typed>('form_kept', { form });
/** Where those on a trip are, and go next. */
export const tripThere = (id: TripId) => invoke<There[]>('there', { id });
export const party = (id: TripId) => invoke<PartyPage>('party', { id });
export const partyAct = (id: TripId, act: PartyAct) => invoke<void>('party_act', { id, act });
/** Who of a list that is brought is on that of a trip already. */
export const listAgainst = (id: TripId, people: readonly Person[]) => invoke<Against>('list_against', { id, people });
export const listRead = (bytes: Uint8Array) => invoke<Listed>('list_read', bytes);
export const checkIn = (status: CheckInStatus) => invoke<void>('check_in', { status });
/** Asks for help for those whom it is said of, and says nothing of the others. */
export const cryFor = (whom: Whom) => invoke<void>('cry_for', { whom });
/** That all is well was a slip of the thumb. */
export const undoWord = () => invoke<void>('undo_word');
/** Of somebody who was asked, and says that no help is needed any more. */
export const needIsOver = (status: CheckInStatus) => invoke<void>('need_is_over', { status });
/** Whom the latest word is of. */
export const saidOfWhom = () => invoke<Whom>('said_of_whom');
/** What was said with the latest word; of a new cry, what was said with the one before. */
export const saidBefore = (typed: BeingSaid[]) => invoke<Details>('said_before', { typed });
export const sayMore = (details: Details) => invoke<void>('say_more', { details });
/** With a status it says at least that: anew, where the ministry has the latest word already. */
export const codedSms = (status: CheckInStatus | null) => invoke<CodedSms>('coded_sms', { status });
export const messages = () => invoke<MessagesPage>('messages');
export const messageWrite = (draft: MessageDraft) => invoke<void>('message_write', { draft });
export const lettersSeen = (ids: MessageId[]) => invoke<void>('letters_seen', { ids });
export const callUnasked = (id: string) => invoke<void>('call_unasked', { id });
export const callOutcome = (id: string, outcome: CallOutcome) => invoke<void>('call_outcome', { id, outcome });
export const setLanguage = (lang: Lang) => invoke<void>('set_language', { lang });
export const left = () => invoke<LeftPage>('left');
export const privacy = () => invoke<PrivacyPage>('privacy');
export const version = () => invoke<string>('version');
export const exportData = () => invoke<Exported>('export_data');
/** Its parts, closed as they are, where the traveller keeps what they downloaded. */
export const asideSave = (name: string) => invoke<string[]>('aside_save', { name });
export const asideErase = (name: string) => invoke<void>('aside_erase', { name });
export const erase = () => invoke<void>('erase');
export const sendNow = () => invoke<void>('send_now');
export const advisoryRead = (id: string, version: number) => invoke<void>('advisory_read', { id, version });
export const openWifiPage = () => invoke<void>('open_wifi_page');
export const unlock = (pin: string) => invoke<void>('unlock', { pin });
export const setPin = (current: string | null, chosen: string | null) =>
  invoke<void>('set_pin', { current, new: chosen });
export const lockScreen = () => invoke<void>('lock_screen');
export const lookAway = (away: boolean) => invoke<void>('look_away', { away });
export const setDiscreet = (discreet: boolean) => invoke<void>('set_discreet', { discreet });
export const notices = (ask: boolean) => invoke<Notices>('notices', { ask });
export const dismissMended = () => invoke<void>('dismiss_mended');
export const dismissVoids = () => invoke<void>('dismiss_voids');
export const dismissRefused = () => invoke<void>('dismiss_refused');
export const putWelcomeAway = () => invoke<void>('put_welcome_away');
export const setFamilyLanguage = (lang: Lang) => invoke<void>('set_family_language', { lang });
/** How many are how by a word of all that is not said yet. */
export const wouldSay = (status: CheckInStatus) => invoke<StatusCount[]>('would_say', { status });
export const familyText = (saysWhere: boolean) => invoke<FamilyText>('family_text', { saysWhere });
/** Begins a letter to nobody yet. */
export const mail = (text: string) => invoke<void>('mail', { text });
export const qr = (text: string) => invoke<Qr>('qr', { text });
export const openLink = (url: string) => invoke<void>('open_link', { url });

export const onChanged = (heard: (revision: number) => void) =>
  listen<number>('changed', (event) => heard(event.payload));
export const onSound = (heard: (sound: Sound) => void) => listen<Sound>('sound', (event) => heard(event.payload));
export const onShow = (heard: (show: Show) => void) => listen<Show>('show', (event) => heard(event.payload));

/** What a rejected command said; anything else that was thrown counts as the store being away. */
export function failureOf(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    return thrown as Failure;
  }
  console.error(thrown);
  return { code: 'store_unavailable', field: null };
}
