import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import type { About, Button as Question } from "../server";
import { strings } from "../strings";

const words = strings.chat;

interface Props {
  about: About;
  title: string;
  onAsk: (question: Question) => void;
}

/** What a student reads before the first message: what this is, what is kept, what not to type. */
export function Welcome({ about, title, onAsk }: Props) {
  return (
    <div className="welcome">
      <h2>{words.welcome(title)}</h2>
      <section className="notice" aria-labelledby="notice">
        <h3 id="notice">{words.notice.title}</h3>
        <ul>
          <li>{words.notice.machine}</li>
          <li>{words.notice.kept(about.keep_days)}</li>
          <li>{words.notice.personal}</li>
          <li>{words.notice.person(about.person.name)}</li>
        </ul>
      </section>
      <p className="soft">{words.invite}</p>
      <div className="questions">
        {about.questions.map((question) => (
          <Button key={question.payload} variant="secondary" onClick={() => onAsk(question)}>
            {question.title}
          </Button>
        ))}
      </div>
    </div>
  );
}
