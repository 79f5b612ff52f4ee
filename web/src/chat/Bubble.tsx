import Message from "@patternfly/chatbot/dist/esm/Message";
import { ResponseActions } from "@patternfly/chatbot/dist/esm/ResponseActions";
import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { besideCard, drawCard, drawSources, type Tools } from "../cards";
import { copyText } from "../copying";
import { strings } from "../strings";
import { readAloud, stopReading } from "./speech";
import type { Entry, Talk } from "./talk";

const words = strings.chat;
const CRISIS = "crisis"; // its words stand whole, and nothing stands beside them
const UNRATED = [CRISIS, "boundary", "error"];

interface Props {
  entry: Entry;
  talk: Talk;
  tools: Tools;
  canRead: boolean;
}

export function Bubble(props: Props) {
  return props.entry.from === "student" ? <Mine {...props.entry} /> : <Answer {...props} />;
}

const timeOf = (at: Date): string =>
  at.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

function Mine({ id, text, at }: Entry) {
  const time = timeOf(at);
  return (
    <Message role="user" name={words.you} timestamp={time} isLiveRegion={false} aria-label={words.from.student(id + 1, time)}>
      <p className="said">{text}</p>
    </Message>
  );
}

function Answer({ entry, talk, tools, canRead }: Props) {
  const { text, custom, buttons, at } = entry;
  const card = useMemo(
    () => (custom?.card && custom.kind !== CRISIS ? drawCard(custom.card, tools) : null),
    [entry.id],
  );
  const lines = besideCard(text, card);
  const time = timeOf(at);
  return (
    <Message
      role="bot"
      name={words.name}
      botWord={words.machine}
      timestamp={time}
      isLiveRegion={false}
      aria-label={words.from.guide(entry.id + 1, time)}
      className={`pf-chatbot__message pf-chatbot__message--bot kind-${custom?.kind ?? "answer"}`}
    >
      {lines.length > 0 && (
        <div className="said">{lines.map((line, place) => <Line key={place} text={line} />)}</div>
      )}
      {card && <Nodes nodes={[card]} />}
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
            <Button key={button.payload} variant="secondary" size="sm" onClick={() => void talk.send(button)}>
              {button.title}
            </Button>
          ))}
        </div>
      )}
    </Message>
  );
}

const Line = ({ text }: { text: string }) => {
  const listed = /^(?:- |(\d+)\. )/.exec(text);
  if (!listed) return <p>{text}</p>;
  return (
    <p className="listed">
      <span aria-hidden={!listed[1]}>{listed[1] ? `${listed[1]}.` : "•"}</span>
      <span>{text.slice(listed[0].length)}</span>
    </p>
  );
};

/** Nodes that were drawn outside React. */
function Nodes({ nodes }: { nodes: Node[] | (() => Node[]) }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(...(typeof nodes === "function" ? nodes() : nodes));
  }, []);
  return <div ref={host} />;
}

function Actions({ entry, talk, canRead }: { entry: Entry; talk: Talk; canRead: boolean }) {
  const [reading, setReading] = useState(false);
  const rated = entry.custom && !UNRATED.includes(entry.custom.kind);
  const thumb = (verdict: "up" | "down", label: string) => ({
    ariaLabel: entry.vote === verdict ? words.voted : label,
    tooltipContent: label,
    clickedTooltipContent: words.voted,
    isClicked: entry.vote === verdict,
    isDisabled: entry.vote !== undefined && entry.vote !== verdict,
    onClick: () => void talk.vote(entry, verdict),
  });
  const copy = async () => talk.say((await copyText(entry.text)) ? words.copied : words.notCopied);
  const listen = () => {
    if (reading) stopReading();
    else readAloud(entry.text, document.documentElement.lang, () => setReading(false));
    setReading(!reading);
  };
  useEffect(() => () => void (reading && stopReading()), [reading]);
  const actions = {
    ...(rated && {
      positive: thumb("up", words.helpful),
      negative: thumb("down", words.unhelpful),
    }),
    copy: { ariaLabel: words.copy, tooltipContent: words.copy, clickedTooltipContent: words.copied, onClick: () => void copy() },
    ...(canRead && {
      listen: {
        ariaLabel: reading ? words.reading : words.read,
        tooltipContent: words.read,
        clickedTooltipContent: words.reading,
        isClicked: reading,
        onClick: listen,
      },
    }),
  };
  return <ResponseActions actions={actions} />;
}

export const Typing = () => (
  <Message role="bot" name={words.name} botWord={words.machine} isLoading loadingWord={words.writing} isLiveRegion={false} timestamp=" " aria-label={words.writing} />
);
