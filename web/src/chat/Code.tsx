import { type FormEvent, useEffect, useRef, useState } from "react";
import { copyText } from "../copying";
import { school } from "../server";
import { strings } from "../strings";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { wordsFor } from "./failing";

const words = strings.chat;

/** Where a chat goes on: a page of the same school. */
const address = (): string => `${location.origin}/chat${school && `?school=${school}`}`;

interface CodeProps {
  /** Days that a chat is kept. */
  days: number;
  hasSaid: boolean;
  make: () => Promise<string>;
  onClose: () => void;
}

/** A code by which the chat goes on at another device: made and shown on request alone. */
export function Code({ days, hasSaid, make, onClose }: CodeProps) {
  const [code, setCode] = useState("");
  const [trouble, setTrouble] = useState("");
  const [copied, setCopied] = useState("");
  const shown = useRef<HTMLOutputElement>(null);
  useEffect(() => shown.current?.focus(), [code]);
  const ask = async () => {
    setTrouble("");
    setCopied("");
    try {
      setCode(await make());
    } catch (error) {
      setTrouble(wordsFor(error, "no_try"));
    }
  };
  const copy = async () => setCopied((await copyText(code)) ? words.code.copied : words.code.notCopied);
  const none = !days ? words.code.unkept : !hasSaid && words.code.unsaid;
  return (
    <Dialog title={words.code.open} onClose={onClose}>
      <p>{none || words.code.why}</p>
      {code && (
        <>
          <output ref={shown} className="code" tabIndex={-1} aria-label={words.code.label}>{code}</output>
          <p><strong>{words.code.once}</strong></p>
          <p>{words.code.there} <span className="address">{address()}</span></p>
          <p className="soft">{words.code.private}</p>
        </>
      )}
      {!none && (
        <div className="choices">
          {code && <Button look="strong" onClick={() => void copy()}>{words.code.copy}</Button>}
          <Button look={code ? "usual" : "strong"} onClick={() => void ask()}>{code ? words.code.another : words.code.make}</Button>
        </div>
      )}
      <p role="status">{copied}</p>
      <p className="trouble" role="alert">{trouble}</p>
    </Dialog>
  );
}

interface ComeBackProps {
  hasSaid: boolean;
  comeBack: (code: string) => Promise<void>;
  onClose: () => void;
}

/** Takes a code that was made at another device. */
export function ComeBack({ hasSaid, comeBack, onClose }: ComeBackProps) {
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble("");
    try {
      await comeBack(typed);
    } catch (error) {
      setBusy(false);
      setTrouble(wordsFor(error, "no_try"));
    }
  };
  return (
    <Dialog title={words.back.title} onClose={onClose}>
      <form className="come-back" onSubmit={(event) => void send(event)}>
        <label htmlFor="code">{words.back.label}</label>
        <input
          ref={field}
          id="code"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={typed}
          aria-describedby="code-hint code-trouble"
          aria-invalid={Boolean(trouble)}
          onChange={({ target }) => setTyped(target.value)}
        />
        <p id="code-hint" className="soft">{words.back.hint}</p>
        <p id="code-trouble" className="trouble" role="alert">{trouble}</p>
        {hasSaid && <p className="soft">{words.back.leaves}</p>}
        <div className="choices">
          <Button type="submit" look="strong" aria-disabled={busy}>{words.back.send}</Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
