import { Copy, Square, ThumbsDown, ThumbsUp, Volume2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { besideCard, drawCard, drawSources, type Tools } from "../cards";
import { copyText } from "../copying";
import { strings } from "../strings";
import { Button, IconButton } from "./Button";
import { Nodes } from "./Nodes";
import { readAloud, stopReading } from "./speech";
import type { Entry, Talk } from "./talk";

const words = strings.chat;
const UNRATED = ["crisis", "trouble", "boundary", "error"];

interface Props {
  entry: Entry;
  number: number;
  talk: Talk;
  tools: Tools;
  canRead: boolean;
}

export function Bubble(props: Props) {
  return props.entry.from === "student" ? <Mine {...props} /> : <Answer {...props} />;
}

const timeOf = (at: Date): string =>
  at.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

function Mine({ entry: { text, at }, number }: Props) {
  const time = timeOf(at);
  return (
    <article className="message from-student" tabIndex={-1} data-item aria-label={words.from.student(number, time)}>
      <p className="said" dir="auto">{text}</p>
    </article>
  );
}

function Answer({ entry, number, talk, tools, canRead }: Props) {
  const { text, custom, buttons, at } = entry;
  const card = useMemo(
    () => (custom?.card ? drawCard(custom.card, tools, custom.sources) : null),
    [entry.id],
  );
  const lang = custom?.card?.lang;
  const [first, second] = lang ? text.split("\n\n") : [text]; // said again in the page's language
  const { before, after } = besideCard(first!, card);
  const again = second ? Object.values(besideCard(second, card)).flat() : [];
  const time = timeOf(at);
  return (
    <article
      className={`message from-guide kind-${custom?.kind ?? "answer"}`}
      tabIndex={-1}
      data-item
      aria-label={words.from.guide(number, time)}
    >
      <Meta time={time} />
      <div className="bubble">
        <Lines lines={before} lang={lang} />
        {card && <Nodes nodes={[card]} />}
        <Lines lines={after} lang={lang} />
        <Lines lines={again} />
        {custom && custom.sources.length > 0 && custom.card?.type !== "sources" && (
          <details className="cited">
            <summary>{words.sources(custom.sources.length)}</summary>
            <Nodes nodes={() => drawSources(custom.sources, tools)} />
          </details>
        )}
        <Actions entry={entry} talk={talk} canRead={canRead} />
        {buttons && (
          <div className="replies">
            {buttons.map((button) => (
              <Button key={button.payload} dir="auto" onClick={() => void talk.send(button)}>{button.title}</Button>
            ))}
          </div>
        )}
      </div>
    </article>
  );
}

const Meta = ({ time }: { time?: string }) => (
  <p className="meta">
    <b>{words.name}</b> <span className="machine">{words.machine}</span> {time && <span>{time}</span>}
  </p>
);

/** Lines of an answer, lists among them. */
export const Lines = ({ lines, lang }: { lines: string[]; lang?: string }) =>
  lines.length > 0 && <div className="said" lang={lang}>{lines.map((line, place) => <Line key={place} text={line} />)}</div>;

const Line = ({ text }: { text: string }) => {
  const listed = /^(?:- |(\d+)\. )/.exec(text);
  if (!listed) return <p dir="auto">{text}</p>;
  return (
    <p className="listed" dir="auto">
      <span aria-hidden={!listed[1]}>{listed[1] ? `${listed[1]}.` : "•"}</span>
      <span>{text.slice(listed[0].length)}</span>
    </p>
  );
};

function Actions({ entry, talk, canRead }: { entry: Entry; talk: Talk; canRead: boolean }) {
  const [reading, setReading] = useState(false);
  const rated = entry.custom && !UNRATED.includes(entry.custom.kind);
  useEffect(() => () => void (reading && stopReading()), [reading]);
  const copy = async () => talk.say((await copyText(entry.text)) ? words.copied : words.notCopied);
  const listen = () => {
    if (reading) stopReading();
    else readAloud(entry.text, document.documentElement.lang, () => setReading(false));
    setReading(!reading);
  };
  const thumb = (verdict: "up" | "down", label: string) => (
    <IconButton
      icon={verdict === "up" ? ThumbsUp : ThumbsDown}
      label={entry.vote === verdict ? words.voted : label}
      aria-pressed={entry.vote === verdict}
      disabled={entry.vote !== undefined && entry.vote !== verdict}
      onClick={() => void talk.vote(entry, verdict)}
    />
  );
  return (
    <div className="actions">
      {rated && thumb("up", words.helpful)}
      {rated && thumb("down", words.unhelpful)}
      <IconButton icon={Copy} label={words.copy} onClick={() => void copy()} />
      {canRead && (
        <IconButton
          icon={reading ? Square : Volume2}
          label={reading ? words.reading : words.read}
          aria-pressed={reading}
          onClick={listen}
        />
      )}
    </div>
  );
}

export const Typing = () => (
  <div className="message from-guide typing" role="img" aria-label={words.writing}>
    <Meta />
    <div className="bubble"><i /><i /><i /></div>
  </div>
);
