// Reading aloud and speech input, on this device only: what a student says or reads goes nowhere.

/** A voice of the device itself; some browsers' other voices send the text to a server. */
function ownVoice(lang: string): SpeechSynthesisVoice | undefined {
  const voices = "speechSynthesis" in window ? speechSynthesis.getVoices() : [];
  return voices.find((voice) => voice.localService && voice.lang.startsWith(lang));
}

/** Tell, now and whenever it changes, whether answers can be read aloud. */
export function onVoices(lang: string, listener: (canRead: boolean) => void): void {
  const tell = () => listener(ownVoice(lang) !== undefined);
  tell();
  if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", tell);
}

export function readAloud(text: string, lang: string, onEnd: () => void): void {
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.voice = ownVoice(lang) ?? null;
  spoken.onend = spoken.onerror = onEnd;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}

export const stopReading = (): void => speechSynthesis.cancel();

interface Recognition extends EventTarget {
  lang: string;
  processLocally: boolean;
  start(): void;
  stop(): void;
}
interface RecognitionKind {
  new (): Recognition;
  available?(options: { langs: string[]; processLocally: boolean }): Promise<string>;
}
interface Heard extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

const Recognizer = (): RecognitionKind | undefined =>
  (window as unknown as { SpeechRecognition?: RecognitionKind }).SpeechRecognition;

/** Whether the device can turn speech into words by itself; without that it is not offered. */
export async function canListen(lang: string): Promise<boolean> {
  try {
    const asked = { langs: [lang], processLocally: true };
    return (await Recognizer()?.available?.(asked)) === "available";
  } catch {
    return false;
  }
}

/** Listen to one utterance. Returns a function that stops. */
export function listen(lang: string, onWords: (words: string) => void, onEnd: () => void): () => void {
  const kind = Recognizer();
  if (!kind) return onEnd(), () => {};
  const recognition = new kind();
  recognition.lang = lang;
  recognition.processLocally = true;
  recognition.addEventListener("result", (event) =>
    onWords(Array.from((event as Heard).results, (result) => result[0]?.transcript ?? "").join(" ")),
  );
  recognition.addEventListener("end", onEnd);
  recognition.addEventListener("error", onEnd);
  recognition.start();
  return () => recognition.stop();
}
