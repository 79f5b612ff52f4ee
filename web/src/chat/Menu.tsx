import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { About, Button as Topic } from "../server";
import { strings } from "../strings";

const words = strings.chat;

interface Props {
  about: About;
  onClose: () => void;
  onTopic: (topic: Topic) => void;
  onStartOver: () => void;
  onForget: () => void;
}

/** Every topic of the guide by its group, and what can be done with the chat as a whole. */
export function Menu({ about, onClose, onTopic, onStartOver, onForget }: Props) {
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <Dialog key="forget" title={words.forgetAsk} onClose={onClose}>
        <p>{words.forgetWhy}</p>
        <div className="choices">
          <Button variant="danger" onClick={onForget}>{words.forgetYes}</Button>
          <Button variant="secondary" onClick={onClose}>{words.keep}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog key="menu" title={words.topics} onClose={onClose}>
      {about.menu.map(({ group, topics }) => (
        <section key={group}>
          <h3>{group}</h3>
          <div className="choices">
            {topics.map((topic) => (
              <Button key={topic.payload} variant="secondary" size="sm" onClick={() => onTopic(topic)}>
                {topic.title}
              </Button>
            ))}
          </div>
        </section>
      ))}
      <section className="this-chat">
        <h3>{words.thisChat}</h3>
        <div className="choices">
          <Button variant="secondary" size="sm" onClick={onStartOver}>{words.startOver}</Button>
          <Button variant="secondary" size="sm" isDanger onClick={() => setAsking(true)}>{words.forget}</Button>
        </div>
      </section>
    </Dialog>
  );
}

function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => void (before instanceof HTMLElement && before.focus());
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onCancel={onClose} onClose={onClose}>
      <div className="dialog-head">
        <h2 id="dialog-title">{title}</h2>
        <Button variant="plain" onClick={onClose} aria-label={words.close}><span aria-hidden="true">✕</span></Button>
      </div>
      {children}
    </dialog>
  );
}
