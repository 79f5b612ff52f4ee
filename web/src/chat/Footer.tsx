import { ArrowDown, Mic, SendHorizontal } from "lucide-react";
import {
  type ChangeEvent,
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import { strings } from "../strings";
import { Button, IconButton } from "./Button";
import { canListen, listen } from "./speech";
import type { Trouble } from "./talk";

const words = strings.chat;
const LONGEST = 500; // characters, as the channel takes
const NEAR = 400; // characters from which on they are counted

interface Props {
  trouble?: Trouble;
  draft: string;
  busy: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  /** Go to the newest message; absent where it is in sight. */
  onEnd?: () => void;
}

export function Footer({ trouble, draft, busy, field, onDraft, onSend, onEnd }: Props) {
  const [cut, setCut] = useState(false);

  // The field cuts at its limit by itself; this is to say so.
  const take = (given: DataTransfer, { value, selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const room = LONGEST - value.length + selectionEnd - selectionStart;
    setCut(given.getData("text").length > room);
  };
  const change = ({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>) => {
    if (!(nativeEvent as InputEvent).inputType?.startsWith("insertFrom")) setCut(false);
    onDraft(target.value);
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy || !draft.trim()) return;
    setCut(false);
    onSend(draft.trim());
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };

  return (
    <footer>
      <div className="column">
        <div className="trouble" role="alert">
          {trouble && (
            <>
              <p>{trouble.said}</p>
              {trouble.retry && <Button onClick={trouble.retry}>{words.retry}</Button>}
            </>
          )}
        </div>
        <form className="bar" onSubmit={(event: FormEvent) => send(event)}>
          {onEnd && <IconButton icon={ArrowDown} label={words.toBottom} className="to-end" onClick={onEnd} />}
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={draft}
            maxLength={LONGEST}
            placeholder={words.placeholder}
            aria-label={words.placeholder}
            aria-describedby="limit"
            onChange={change}
            onKeyDown={press}
            onPaste={({ clipboardData, currentTarget }) => take(clipboardData, currentTarget)}
            onDrop={({ dataTransfer, currentTarget }) => take(dataTransfer, currentTarget)}
          />
          <Microphone onWords={onDraft} />
          <IconButton
            type="submit"
            icon={SendHorizontal}
            label={words.send}
            className="send"
            aria-disabled={busy || !draft.trim()}
            onPointerDown={(event) => event.preventDefault()}
          />
        </form>
        <p id="limit" className="limit" role="status">
          {cut ? words.cut(LONGEST) : draft.length >= LONGEST && words.full(LONGEST)}
        </p>
        {draft.length >= NEAR && <p className="count" aria-hidden="true">{words.count(draft.length, LONGEST)}</p>}
        <p className="footnote">{words.footnote}</p>
      </div>
    </footer>
  );
}

function Microphone({ onWords }: { onWords: (words: string) => void }) {
  const [offered, setOffered] = useState(false);
  const [listening, setListening] = useState(false);
  const stop = useRef(() => {});
  useEffect(() => void canListen("en-US").then(setOffered), []);
  if (!offered) return null;
  const press = () => {
    if (listening) return stop.current();
    setListening(true);
    stop.current = listen("en-US", onWords, () => setListening(false));
  };
  return <IconButton icon={Mic} label={listening ? words.listening : words.speak} aria-pressed={listening} onClick={press} />;
}
