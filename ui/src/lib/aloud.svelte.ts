// A text read aloud: by a clip that comes with the app, else by a voice of this device. It begins by a tap alone, and
// ends with the text, by a tap, or when its screen is left.

/** By topic and language: `ui/src/assets/clips/earthquake-kk.mp3` is read wherever it is there. */
const clips = import.meta.glob<string>('../assets/clips/*.mp3', { query: '?url', import: 'default', eager: true });

export const clipOf = (topic: string, lang: string): string | undefined =>
  clips[`../assets/clips/${topic}-${lang}.mp3`];

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default'>;

/** Of this device alone: another would hear over the network what is read here. */
export function voiceFor<V extends Voice>(lang: string, voices: V[]): V | undefined {
  const spoken = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];
  const own = voices.filter((voice) => voice.localService && spoken(voice.lang) === spoken(lang));
  return own.find((voice) => voice.default) ?? own[0];
}

/** Absent in some WebViews. */
const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;

export class Aloud {
  /** What is being read now, or nothing. */
  reading = $state.raw<symbol | null>(null);
  private voices = $state.raw<SpeechSynthesisVoice[]>([]);
  private stopNow = () => {};

  /** While its screen is shown; voices may come late. Gives what ends it. */
  follow = (): (() => void) => {
    const list = () => (this.voices = speech?.getVoices() ?? []);
    list();
    speech?.addEventListener('voiceschanged', list);
    return () => {
      speech?.removeEventListener('voiceschanged', list);
      this.stop();
    };
  };

  can(lang: string, clip?: string): boolean {
    return clip !== undefined || voiceFor(lang, this.voices) !== undefined;
  }

  /** Sentence by sentence: some voices break off in a long text. */
  read(said: string[], lang: string, clip?: string): void {
    this.stop();
    const one = Symbol();
    const over = () => {
      if (this.reading === one) this.reading = null;
    };
    const voice = voiceFor(lang, this.voices);
    if (clip !== undefined) this.stopNow = play(clip, over);
    else if (speech && voice) this.stopNow = speak(speech, voice, said, over);
    else return;
    this.reading = one;
  }

  stop(): void {
    this.reading = null;
    this.stopNow();
    this.stopNow = () => {};
  }
}

function play(clip: string, over: () => void): () => void {
  const audio = new Audio(clip);
  audio.addEventListener('ended', over);
  audio.play().catch(over);
  return () => audio.pause();
}

function speak(speech: SpeechSynthesis, voice: SpeechSynthesisVoice, said: string[], over: () => void): () => void {
  const all = said.filter((text) => text.trim() !== '').map((text) => new SpeechSynthesisUtterance(text));
  for (const one of all) {
    one.voice = voice;
    one.lang = voice.lang;
    one.onerror = over;
  }
  const last = all.at(-1);
  if (last) last.onend = over;
  // what another had begun
  speech.cancel();
  for (const one of all) speech.speak(one);
  return () => speech.cancel();
}
