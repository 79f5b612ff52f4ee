import { useState } from "react";
import { type About, type Button as Topic, school } from "../server";
import { strings } from "../strings";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

const words = strings.chat;
const FIRST = ["/check_interests", "/take_quiz", "/make_plan"];

/** What is more than a question: it stands first on the page and in the menu. */
export const firstOf = (about: About): Topic[] =>
  FIRST.flatMap((payload) =>
    about.menu.flatMap(({ topics }) => topics).filter((topic) => topic.payload === payload));

interface Props {
  about: About;
  onClose: () => void;
  onTopic: (topic: Topic) => void;
  onHelp?: () => void;
  onTake: () => void;
  onCode: () => void;
  onComeBack: () => void;
  onStartOver: () => void;
  /** Delete what was said, and then say so with these words. */
  onForget: (said: string) => void;
}

/** The topics of the guide, folded by group, and what can be done with the chat as a whole. */
export function Menu(props: Props) {
  const [asking, setAsking] = useState<"startOver" | "forget">();
  if (asking === "startOver") return <AskBeforeLeaving {...props} />;
  return asking ? <AskBeforeDeleting {...props} /> : <Topics {...props} onAsk={setAsking} />;
}

function AskBeforeLeaving({ onClose, onStartOver, onForget }: Props) {
  return (
    <Dialog key="startOver" title={words.startOver} onClose={onClose}>
      <p>{words.startOverAsk}</p>
      <div className="choices">
        <Button look="strong" onClick={() => onForget(words.startedAfresh)}>{words.startOverDelete}</Button>
        <Button onClick={onStartOver}>{words.startOverKeep}</Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
      <p className="soft">{words.startOverWhy}</p>
    </Dialog>
  );
}

function AskBeforeDeleting({ onClose, onForget }: Props) {
  return (
    <Dialog key="forget" title={words.forgetAsk} onClose={onClose}>
      <p>{words.forgetWhy}</p>
      <div className="choices">
        <Button look="danger" onClick={() => onForget(words.forgotten)}>{words.forgetYes}</Button>
        <Button onClick={onClose}>{words.keep}</Button>
      </div>
    </Dialog>
  );
}

interface TopicsProps extends Props {
  onAsk: (what: "startOver" | "forget") => void;
}

function Topics({ about, onClose, onTopic, onHelp, onTake, onCode, onComeBack, onAsk }: TopicsProps) {
  const first = firstOf(about);
  return (
    <Dialog key="menu" title={words.topics} onClose={onClose}>
      <div className="first">
        {first.map((topic) => (
          <Button key={topic.payload} look="strong" onClick={() => onTopic(topic)}>{topic.title}</Button>
        ))}
        {onHelp && <Button className="help" onClick={onHelp}>{words.help.open}</Button>}
      </div>
      {about.menu.map(({ group, topics }) => (
        <details key={group} name="topics" className="group">
          <summary>{group}</summary>
          <div className="choices">
            {topics.filter((topic) => !FIRST.includes(topic.payload)).map((topic) => (
              <Button key={topic.payload} onClick={() => onTopic(topic)}>{topic.title}</Button>
            ))}
          </div>
        </details>
      ))}
      <div className="choices">
        <a className="button" href={`/guides/${about.guide}${school ? `?school=${school}` : ""}`} target="_blank" rel="noopener">
          <span>{words.wholeGuide}<span className="hidden">{strings.cards.newTab}</span></span>
        </a>
      </div>
      <section className="this-chat">
        <h3>{words.thisChat}</h3>
        <div className="choices">
          <Button onClick={onTake}>{words.take.open}</Button>
          <Button onClick={onCode}>{words.code.open}</Button>
          {about.keep_days > 0 && <Button onClick={onComeBack}>{words.back.open}</Button>}
          <Button onClick={() => onAsk("startOver")}>{words.startOver}</Button>
          <Button className="risky" onClick={() => onAsk("forget")}>{words.forget}</Button>
        </div>
      </section>
    </Dialog>
  );
}
