import { ChatbotFooter } from "@patternfly/chatbot/dist/esm/ChatbotFooter";
import { MessageBar } from "@patternfly/chatbot/dist/esm/MessageBar";
import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import { type RefObject, useEffect, useRef, useState } from "react";
import { strings } from "../strings";
import { canListen, listen } from "./speech";
import type { Draft, Trouble } from "./talk";

const words = strings.chat;
const LONGEST = 500; // characters, as the channel takes

interface Props {
  trouble?: Trouble;
  draft: Draft;
  busy: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  onSend: (text: string) => void;
}

export function Footer({ trouble, draft, busy, field, onSend }: Props) {
  const [heard, setHeard] = useState<Draft>({ number: 0, text: "" });
  const shown = heard.number ? heard : draft;
  useEffect(() => {
    setHeard({ number: 0, text: "" });
    if (draft.number) field.current?.focus();
  }, [draft.number]);
  return (
    <ChatbotFooter>
      <div className="trouble" role="alert">
        {trouble && (
          <>
            <p>{trouble.said}</p>
            {trouble.retry && (
              <Button variant="secondary" size="sm" onClick={trouble.retry}>{words.retry}</Button>
            )}
          </>
        )}
      </div>
      <div className="bar">
        <MessageBar
          key={`${draft.number}/${heard.number}`}
          value={shown.text}
          innerRef={field as RefObject<HTMLTextAreaElement>}
          onSendMessage={(text) => String(text).trim() && onSend(String(text).trim())}
          isSendButtonDisabled={busy}
          alwayShowSendButton
          hasAttachButton={false}
          hasMicrophoneButton={false}
          placeholder={words.placeholder}
          maxLength={LONGEST}
          buttonProps={{ send: { tooltipContent: words.send, props: { "aria-label": words.send } } }}
        />
        <Microphone onWords={(text) => setHeard((before) => ({ number: before.number + 1, text }))} />
      </div>
      <p className="footnote">{words.footnote}</p>
    </ChatbotFooter>
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
  return (
    <Button variant="plain" aria-pressed={listening} aria-label={listening ? words.listening : words.speak} onClick={press}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path fill="currentColor" d="M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3Zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.900V22h2v-3.100A7 7 0 0 0 19 12Z" />
      </svg>
    </Button>
  );
}
