import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import type { About, Button as Question } from "../server";
import { strings } from "../strings";

const words = strings.chat;

interface Props {
  about: About;
  title: string;
  onAsk: (question: Question) => void;
  onGuide: (guide: string) => void;
}

/** What a student reads before the first message: what this is, what is kept, what not to type. */
export function Welcome({ about, title, onAsk, onGuide }: Props) {
  return (
    <div className="welcome">
      <h2>{about.unknown_guide ? words.unknownGuide(about.unknown_guide) : words.welcome(title)}</h2>
      {about.unknown_guide && <Guides about={about} onGuide={onGuide} />}
      <section className="notice" aria-labelledby="notice">
        <h3 id="notice">{words.notice.title}</h3>
        <ul>
          <li>{words.notice.machine}</li>
          <li>{words.notice.kept(about.keep_days)}</li>
          <li>{words.notice.personal}</li>
          <li>{words.notice.person(about.person.name)}</li>
        </ul>
      </section>
      {!about.unknown_guide && <p className="soft">{words.invite}</p>}
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

/** What there is, where the guide that was asked for is unknown. */
function Guides({ about, onGuide }: Pick<Props, "about" | "onGuide">) {
  return (
    <>
      <p className="soft">{words.choose}</p>
      <div className="questions">
        {about.guides.map(({ slug, title }) => (
          <Button key={slug} variant="secondary" onClick={() => onGuide(slug)}>{title}</Button>
        ))}
      </div>
    </>
  );
}
